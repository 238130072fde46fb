namespace KnowledgePortal.Search.Queries;

/// <summary>
/// Lifts documents mildly by one of their numbers, such as newer or better verified ones: the score is multiplied by 1 + strength where the number is
/// <paramref name="Best"/> or more, by 1 + half the strength one <paramref name="HalfDistance"/> below, and so on down to 1, also where there is no number.
/// </summary>
/// <param name="NumberField">A number field of the schema.</param>
/// <param name="Best">The number from which on the full strength is given: today, the highest level of trust.</param>
/// <param name="HalfDistance">The distance below <paramref name="Best"/> at which half of it is left, at least 1.</param>
/// <param name="Strength">How much is added at most, 0 to 1; mild is 0.1.</param>
public sealed record Preference(string NumberField, long Best, long HalfDistance, float Strength)
{
    internal double Largest => 1 + Math.Clamp(Strength, 0, 1);

    internal double Factor(long number)
    {
        if (number == long.MinValue)
            return 1;
        var below = Math.Max(0, (double)Best - number);
        return 1 + Math.Clamp(Strength, 0, 1) * Math.Pow(0.5, below / Math.Max(1, HalfDistance));
    }
}
