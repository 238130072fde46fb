using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Documents;

/// <summary>A file in a form, by the name under which it was sent, with what the organizer must know of its text.</summary>
public sealed class DocumentNote(DocumentQueries documents) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(string mediaPath) =>
        View(new NotedDocument(mediaPath, (await documents.NamesAsync([mediaPath]))[mediaPath], await documents.FindAsync(mediaPath)));
}

/// <summary><paramref name="Row"/> is null for files whose text is not read, and before the item is published.</summary>
public sealed record NotedDocument(string MediaPath, string FileName, DocumentRow? Row);
