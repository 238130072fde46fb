using System.Collections;
using System.Collections.Concurrent;
using System.Data;
using System.Reflection;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace KnowledgePortal.Cms.Data.Dialects;

/// <summary>
/// Parameters with the type that they are declared with, so that a null has one as well. Flags become numbers, dates text, lists arrays: what SQLite
/// makes of them.
/// </summary>
internal sealed class PostgresParameters(object values) : SqlMapper.IDynamicParameters
{
    private const char NoText = '\uFFFD'; // what text may not hold is shown as what cannot be shown
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    /// <summary>A statement runs once for each element of a list.</summary>
    public static object? Of(object? parameters) => parameters switch
    {
        null => null,
        IEnumerable<object> list => list.Select(one => new PostgresParameters(one)).ToList(),
        _ => new PostgresParameters(parameters),
    };

    public void AddParameters(IDbCommand command, SqlMapper.Identity identity)
    {
        if (values is DynamicParameters named) AddNamed(command, named, identity);
        else
            foreach (var property in Properties.GetOrAdd(values.GetType(), static type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)))
                if (property.GetIndexParameters().Length == 0 && command.CommandText.Contains("@" + property.Name, StringComparison.OrdinalIgnoreCase))
                    Add(command, property.Name, property.GetValue(values), property.PropertyType);
    }

    // Dapper knows what was given as an object and what by name; it says so to a command that nobody sends.
    private static void AddNamed(IDbCommand command, SqlMapper.IDynamicParameters named, SqlMapper.Identity identity)
    {
        using var draft = new NpgsqlCommand(command.CommandText, (NpgsqlConnection?)command.Connection);
        named.AddParameters(draft, identity);
        foreach (NpgsqlParameter parameter in draft.Parameters)
            Add(command, parameter.ParameterName, parameter.Value is DBNull ? null : parameter.Value, parameter.DbType is DbType.Int32 or DbType.Int64 ? typeof(long) : typeof(string));
    }

    private static void Add(IDbCommand command, string name, object? value, Type declared)
    {
        var (type, stored) = Stored(value, Nullable.GetUnderlyingType(declared) ?? declared);
        command.Parameters.Add(new NpgsqlParameter(name, type) { Value = stored ?? DBNull.Value });
    }

    private static (NpgsqlDbType Type, object? Value) Stored(object? value, Type declared) => (value?.GetType() ?? declared) switch
    {
        var t when t == typeof(string) => (NpgsqlDbType.Text, value is string text ? Clean(text) : null),
        var t when t == typeof(bool) => (NpgsqlDbType.Integer, value is bool flag ? flag ? 1 : 0 : null),
        var t when t == typeof(int) || t == typeof(short) || t == typeof(byte) || t.IsEnum => (NpgsqlDbType.Integer, value is null ? null : Convert.ToInt32(value, null)),
        var t when t == typeof(long) => (NpgsqlDbType.Bigint, value),
        var t when t == typeof(double) || t == typeof(float) => (NpgsqlDbType.Double, value is null ? null : Convert.ToDouble(value, null)),
        var t when t == typeof(decimal) => (NpgsqlDbType.Numeric, value),
        var t when t == typeof(byte[]) => (NpgsqlDbType.Bytea, value),
        var t when t == typeof(DateOnly) => (NpgsqlDbType.Text, value is DateOnly date ? InvariantDates.Text(date) : null),
        var t when t == typeof(TimeOnly) => (NpgsqlDbType.Text, value is TimeOnly time ? InvariantDates.Text(time) : null),
        var t when typeof(IEnumerable<string>).IsAssignableFrom(t) => (NpgsqlDbType.Array | NpgsqlDbType.Text, ((IEnumerable<string>?)value)?.Select(Clean).ToArray()),
        var t when typeof(IEnumerable<double>).IsAssignableFrom(t) => (NpgsqlDbType.Array | NpgsqlDbType.Double, ((IEnumerable<double>?)value)?.ToArray()),
        var t when typeof(IEnumerable<double>).IsAssignableFrom(t) => (NpgsqlDbType.Array | NpgsqlDbType.Double, ((IEnumerable<double>?)value)?.ToArray()),
        var t when typeof(IEnumerable).IsAssignableFrom(t) => (NpgsqlDbType.Array | NpgsqlDbType.Bigint, ((IEnumerable?)value)?.Cast<object>().Select(v => Convert.ToInt64(v, null)).ToArray()),
        var t when t == typeof(object) => (NpgsqlDbType.Text, null),
        var t => throw new NotSupportedException($"a parameter of the type {t.Name}: points in time are stored as text, see InvariantTime"),
    };

    private static string Clean(string text) => text.Contains('\0') ? text.Replace('\0', NoText) : text;
}
