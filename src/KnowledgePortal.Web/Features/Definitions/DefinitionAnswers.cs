using KnowledgePortal.Web.Features.Members;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Definitions;

/// <summary>How the forms of definitions answer.</summary>
internal static class DefinitionAnswers
{
    public const string DoneKey = "DefinitionDone";

    public static IActionResult Done(this Controller controller, string path, string done)
    {
        controller.TempData[DoneKey] = done;
        return controller.SeeOther(path);
    }

    public static IActionResult Refused(this Controller controller, object? page, string view) => Answer(controller, page, view, StatusCodes.Status422UnprocessableEntity);

    /// <summary>Somebody else was faster: the page shows what is there now, with what was typed, and saves over it when sent again.</summary>
    public static IActionResult Stale(this Controller controller, object? page, string view)
    {
        controller.ModelState.AddModelError("", "มีผู้แก้ไขหลังจากท่านเปิดหน้านี้ ยังไม่ได้บันทึก หน้านี้แสดงฉบับล่าสุดแล้ว ตรวจแล้วทำอีกครั้ง");
        return Answer(controller, page, view, StatusCodes.Status409Conflict);
    }

    private static IActionResult Answer(Controller controller, object? page, string view, int status)
    {
        if (page is null) return controller.NotFound();
        controller.Response.StatusCode = status;
        return controller.View(view, page);
    }
}
