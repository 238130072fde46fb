using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Web.Features.Media;

/// <summary>A file that somebody has uploaded.</summary>
public sealed record MediaFile
{
    public string MediaKey { get; init; } = "";
    public string MediaPath { get; init; } = "";

    /// <summary>The name under which it was sent, cleaned; only for people to read and for downloads.</summary>
    public string FileName { get; init; } = "";
    public string ContentType { get; init; } = "";
    public long Length { get; init; }
    public string Sha256 { get; init; } = "";
    public string UploadedUtc { get; init; } = "";
    public string UploadedBy { get; init; } = "";
}

/// <summary>Who may see a file.</summary>
public enum MediaVisibility
{
    /// <summary>Everybody.</summary>
    Public,

    /// <summary>The one who asks: an item that uses it is for some, or is a draft.</summary>
    Private,

    /// <summary>Not the one who asks.</summary>
    None,
}

/// <summary>Reads and writes uploads, and answers who may see a media file.</summary>
public sealed class MediaFiles(Database database, RolePermissions permissions)
{
    private const string Columns = "media_key, media_path, file_name, content_type, length, sha256, uploaded_utc, uploaded_by";

    /// <summary>The upload to which a media path belongs; null for files that recipes brought.</summary>
    public Task<MediaFile?> FindAsync(string mediaPath) =>
        database.FirstAsync<MediaFile>($"select {Columns} from media_files where media_key = @key", new { key = MediaAddress.Key(mediaPath) });

    public static Task AddAsync(MediaFile file, DatabaseTransaction transaction) => transaction.ExecuteAsync(
        $"""
        insert into media_files ({Columns})
        values (@MediaKey, @MediaPath, @FileName, @ContentType, @Length, @Sha256, @UploadedUtc, @UploadedBy)
        """,
        file);

    /// <summary>A file is seen with the published items that use it, by whoever sees one of them. One that nobody uploaded and no item has ever used belongs to the site and is public.</summary>
    public async Task<MediaVisibility> VisibilityAsync(string mediaPath, Visitor visitor)
    {
        var key = MediaAddress.Key(mediaPath);
        var known = await database.FirstAsync<(long ForAll, long Seen, long Used)>(
            $"""
            select
              (select count(*) from media_usage u join content_viewers v on v.content_item_id = u.content_item_id and v.viewer = @Everybody where u.media_key = @key and u.published = 1),
              (select count(*) from media_usage u where u.media_key = @key and u.published = 1 and {ViewerTokens.See("u.content_item_id")}),
              (select count(*) from media_usage u where u.media_key = @key)
            """,
            new { key, ViewGroups.Everybody, viewers = (await permissions.ViewersAsync(visitor)).Values });
        if (known.Seen > 0) return known.ForAll > 0 ? MediaVisibility.Public : MediaVisibility.Private;
        var upload = await FindAsync(mediaPath);
        if (known.Used == 0 && upload is null) return MediaVisibility.Public;
        if (visitor.Name is null) return MediaVisibility.None;
        return upload?.UploadedBy == visitor.Name || await MayPreviewAsync(key, visitor) ? MediaVisibility.Private : MediaVisibility.None;
    }

    private async Task<bool> MayPreviewAsync(string key, Visitor visitor)
    {
        var users = await database.QueryAsync<(string ContentType, string? Owner)>(
            """
            select distinct i.content_type, i.owner from media_usage u
            join content_items i on i.content_item_id = u.content_item_id and i.latest = 1
            where u.media_key = @key
            """,
            new { key });
        foreach (var (type, owner) in users)
            if (await permissions.MayAsync(visitor, ContentAction.Preview, type, owner)) return true;
        return false;
    }
}
