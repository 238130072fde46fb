namespace KnowledgePortal.Cms.Recipes;

/// <summary>What a recipe may cost before it is refused. A bomb is small on disk; these bounds are about what it becomes.</summary>
public static class RecipeLimits
{
    /// <summary>Nesting of objects and arrays.</summary>
    public const int Depth = 64;

    /// <summary>Bytes of a recipe's JSON: an export of a hundred thousand long items must be read again.</summary>
    public const int JsonBytes = 1024 * 1024 * 1024;

    /// <summary>Values and names in a recipe's JSON: what is small on disk and large in memory.</summary>
    public const int JsonTokens = 20_000_000;

    /// <summary>Bytes of a text that an expression reads or unpacks.</summary>
    public const int TextBytes = 16 * 1024 * 1024;

    /// <summary>Bytes of one file of a package, unpacked.</summary>
    public const long FileBytes = 1024L * 1024 * 1024;

    /// <summary>Bytes of all files of a package, unpacked.</summary>
    public const long PackageBytes = 4L * 1024 * 1024 * 1024;

    /// <summary>Files in a package.</summary>
    public const int PackageFiles = 20_000;

    /// <summary>How many times larger an unpacked file may be; text reaches 30, a bomb 1,000.</summary>
    public const int PackedRatio = 200;

    /// <summary>Steps of a run, those of nested recipes included.</summary>
    public const int Steps = 2_000;

    /// <summary>How often the value of an expression may be an expression again.</summary>
    public const int Evaluations = 16;
}
