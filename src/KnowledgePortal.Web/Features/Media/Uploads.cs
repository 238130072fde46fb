using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Media;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Visitors;

namespace KnowledgePortal.Web.Features.Media;

/// <summary>What became of an upload: a file, or the reason why there is none.</summary>
public sealed record UploadOutcome(MediaFile? File, Phrase? Refusal);

/// <summary>Takes files from people: known by their bytes, pictures made anew, stored durably under a random name.</summary>
public sealed class Uploads(Database database, MediaFolder media, Pictures pictures, PortalSettings settings, TimeProvider clock)
{
    private const int LongestName = 150;
    private const long CaptionsLimit = 5 * 1024 * 1024;

    /// <summary>What a file of this kind may weigh, in bytes.</summary>
    public long Limit(MediaGroup group) => group switch
    {
        MediaGroup.Video => settings.VideoLimit,
        MediaGroup.Captions => Math.Min(CaptionsLimit, settings.UploadLimit),
        _ => settings.UploadLimit,
    };

    /// <summary>The largest request that can be right: a video with the form around it.</summary>
    public long LargestRequest => settings.VideoLimit + settings.UploadLimit;

    /// <param name="stream">Seekable.</param>
    /// <param name="fileName">The name that was sent.</param>
    /// <param name="visitor">Who sends it.</param>
    /// <param name="allowedExtensions">What the field takes; empty for everything that the site takes.</param>
    public async Task<UploadOutcome> StoreAsync(Stream stream, string fileName, Visitor visitor, IReadOnlyCollection<string> allowedExtensions)
    {
        if (stream.Length == 0) return Refused("ไฟล์นี้ว่างเปล่า", "the file is empty");
        if (FileTypes.Detect(stream) is not { } type)
            return Refused("รับไฟล์ชนิดนี้ไม่ได้ รับภาพ JPEG PNG WebP GIF เอกสาร PDF Word Excel PowerPoint ODT วิดีโอ MP4 WebM และคำบรรยาย WebVTT",
                "the file is none of those that are taken: JPEG, PNG, WebP and GIF pictures, PDF, Word, Excel, PowerPoint and ODT documents, MP4 and WebM videos, WebVTT captions");
        if (allowedExtensions.Count > 0 && !allowedExtensions.Any(e => Same(e, type))) return Refused($"ช่องนี้รับไฟล์ {string.Join(" ", allowedExtensions)} แต่ไฟล์ที่เลือกเป็น {type.Extension}", $"takes {string.Join(" ", allowedExtensions)}; the file is {type.Extension}");
        if (stream.Length > Limit(type.Group)) return Refused($"ไฟล์ใหญ่เกินไป รับไม่เกิน {Limit(type.Group) / (1024 * 1024)} เมกะไบต์", $"the file is larger than {Limit(type.Group) / (1024 * 1024)} megabytes");
        return type.Group switch
        {
            MediaGroup.Picture => await PictureAsync(stream, type, fileName, visitor),
            MediaGroup.Captions => await CaptionsAsync(stream, fileName, visitor),
            _ => await StoreAsync(stream, type, fileName, visitor, [("file" + type.Extension, stream)]),
        };
    }

    private async Task<UploadOutcome> PictureAsync(Stream stream, FileType type, string fileName, Visitor visitor)
    {
        if (PictureHeader.Read(stream, type.Extension) is not { } header) return Refused("ไฟล์ภาพเสีย เปิดไม่ได้", "the picture is damaged");
        if (header.IsUnreasonable) return Refused("ภาพใหญ่เกินไป รับไม่เกิน 50 ล้านพิกเซล และไม่เกิน 300 เฟรม", "the picture has more than 50 million pixels or more than 300 frames");
        if (!pictures.IsInstalled) return Refused("เครื่องแม่ข่ายยังไม่มีโปรแกรม libvips จึงรับภาพไม่ได้ โปรดแจ้งผู้ดูแล", "the server takes no pictures: libvips is not installed");
        if (await pictures.RenderAsync(stream, type) is not { } renditions) return Refused("ไฟล์ภาพเสียหรือไม่ครบ เปิดไม่ได้", "the picture is damaged or incomplete");
        return await StoreAsync(stream, new FileType(MediaGroup.Picture, ".webp"), fileName, visitor, [.. renditions.Select(r => (r.Name, (Stream)new MemoryStream(r.Content)))]);
    }

    private async Task<UploadOutcome> CaptionsAsync(Stream stream, string fileName, Visitor visitor)
    {
        stream.Position = 0;
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes);
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Refused("ไฟล์คำบรรยายต้องเข้ารหัสแบบ UTF-8", "captions have to be UTF-8");
        }
        if (text.Contains('\0')) return Refused("ไฟล์คำบรรยายมีอักขระที่ไม่ใช่ข้อความ", "the captions hold what is no text");
        return await StoreAsync(stream, new FileType(MediaGroup.Captions, ".vtt"), fileName, visitor, [("captions.vtt", new MemoryStream(Encoding.UTF8.GetBytes(text)))]);
    }

    // Large files are written before the transaction, hidden; they come to their places with its commit.
    private async Task<UploadOutcome> StoreAsync(Stream sent, FileType type, string fileName, Visitor visitor, (string Name, Stream Content)[] parts)
    {
        sent.Position = 0;
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(sent));
        var key = MediaAddress.NewKey();
        var file = new MediaFile
        {
            MediaKey = key, MediaPath = $"{key}/{parts[0].Name}", FileName = CleanName(fileName, type.Extension), ContentType = MediaAddress.ContentType(parts[0].Name),
            Length = parts[0].Content.Length, Sha256 = hash, UploadedUtc = InvariantTime.Format(clock.GetUtcNow().UtcDateTime), UploadedBy = visitor.Actor().Name,
        };
        var staged = new List<StagedMedia>();
        var isPlaced = false;
        try
        {
            foreach (var (name, content) in parts)
            {
                content.Position = 0;
                staged.Add(await media.StageAsync($"{key}/{name}", stream => content.CopyToAsync(stream)));
            }
            await using var transaction = await database.BeginAsync();
            transaction.FailsAs("upload");
            await MediaFiles.AddAsync(file, transaction);
            foreach (var part in staged) await media.PlaceAsync(part, transaction);
            isPlaced = true;
            await transaction.CommitAsync();
        }
        catch when (!isPlaced)
        {
            foreach (var part in staged) media.Drop(part);
            throw;
        }
        return new UploadOutcome(file, null);
    }

    /// <summary>The last part of the name without what could end a header, turn the direction of reading or name another kind of file.</summary>
    public static string CleanName(string fileName, string extension)
    {
        var name = new StringBuilder();
        foreach (var rune in fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..].EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned) continue;
            if (rune.Value is '"' or '<' or '>' or '|' or ':' or '*' or '?' or ';' or 0xFFFD) continue;
            if (name.Length >= LongestName) break;
            name.Append(rune);
        }
        var stem = Path.GetFileNameWithoutExtension(name.ToString()).Trim(' ', '.');
        return (stem.Length == 0 ? "file" : stem) + extension;
    }

    // A picture becomes WebP whatever it was; jpg and jpeg are one.
    private static bool Same(string allowed, FileType type) =>
        allowed.Replace(".jpeg", ".jpg", StringComparison.OrdinalIgnoreCase).Equals(type.Extension, StringComparison.OrdinalIgnoreCase);

    private static UploadOutcome Refused(string thai, string english) => new(null, new Phrase(thai, english));
}
