namespace KnowledgePortal.Web.Hosting.Thai;

/// <summary>What was understood of a typed date: a date, perhaps with a warning, or the reason why there is none.</summary>
public sealed record ThaiDateReading
{
    private ThaiDateReading() { }

    public DateOnly? Date { get; private init; }

    /// <summary>Set exactly when <see cref="Date"/> is not.</summary>
    public Phrase? Reason { get; private init; }

    /// <summary>The date stands, but something about it deserves a second look.</summary>
    public Phrase? Warning { get; private init; }

    internal static ThaiDateReading Of(DateOnly date, Phrase? warning) => new() { Date = date, Warning = warning };

    internal static ThaiDateReading Refused(string thai, string english) => new() { Reason = new Phrase(thai, english) };
}

/// <summary>What was understood of a typed time: a time, or the reason why there is none.</summary>
public sealed record ThaiTimeReading
{
    private ThaiTimeReading() { }

    public TimeOnly? Time { get; private init; }

    /// <summary>Set exactly when <see cref="Time"/> is not.</summary>
    public Phrase? Reason { get; private init; }

    internal static ThaiTimeReading Of(TimeOnly time) => new() { Time = time };

    internal static ThaiTimeReading Refused(string thai, string english) => new() { Reason = new Phrase(thai, english) };
}

/// <summary>A date said in running text, from the number of the day to the year.</summary>
public readonly record struct FoundDate(DateOnly Date, int Start, int Length);
