using System.Text;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>8 to 128 characters of any kind, but not one of those that everybody tries first.</summary>
public static class PasswordRules
{
    public const int Shortest = 8;
    public const int Longest = 128;

    private static readonly HashSet<string> Common = ReadCommon();

    /// <summary>What is wrong with it, in words for its owner; null when nothing is.</summary>
    public static string? Problem(string? password, string userName)
    {
        if (string.IsNullOrEmpty(password)) return "ยังไม่ได้ใส่รหัสผ่าน";
        if (!IsUnicode(password)) return "รหัสผ่านมีอักขระที่อ่านไม่ได้";
        var length = password.EnumerateRunes().Count();
        if (length < Shortest) return $"รหัสผ่านนี้มี {length} ตัวอักษร ต้องมีอย่างน้อย {Shortest} ตัว";
        if (length > Longest) return $"รหัสผ่านนี้มี {length} ตัวอักษร ใช้ได้ไม่เกิน {Longest} ตัว";
        if (IsCommon(password)) return "รหัสผ่านนี้มีคนใช้มากจนเดาได้ง่าย ลองใช้คำหลายคำต่อกัน";
        return IsAboutOwner(password, userName) ? "รหัสผ่านนี้เหมือนอีเมลของท่าน ลองใช้คำหลายคำต่อกัน" : null;
    }

    /// <summary>No stored password can be equal to it: not worth a hash.</summary>
    public static bool IsImpossible(string password) => password.Length > Longest * 2 || !IsUnicode(password);

    /// <summary>A word of the list, with or without digits and signs around it, or a run such as 11111111 and abcdefgh.</summary>
    private static bool IsCommon(string password)
    {
        var word = password.ToLowerInvariant();
        return Common.Contains(word) || Common.Contains(word.Trim(Decoration)) || IsRun(word);
    }

    private static bool IsRun(string word) =>
        Enumerable.Range(-1, 3).Any(step => word.Zip(word.Skip(1)).All(pair => pair.Second - pair.First == step));

    private static bool IsAboutOwner(string password, string userName) =>
        password.Equals(userName, StringComparison.OrdinalIgnoreCase)
        || password.Trim(Decoration).Equals(userName.Split('@')[0].Trim(Decoration), StringComparison.OrdinalIgnoreCase);

    private static readonly char[] Decoration = [.. "0123456789๐๑๒๓๔๕๖๗๘๙!@#$%^&*?._-+= "];

    private static bool IsUnicode(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at])) continue;
            if (!char.IsSurrogatePair(text, at)) return false;
            at++;
        }
        return true;
    }

    private static HashSet<string> ReadCommon()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("KnowledgePortal.Web.Features.Members.common-passwords.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return [.. reader.ReadToEnd().Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)];
    }
}
