namespace HazardMap;

/// <summary>
/// The one way this product says no to an input that breaks a rule. It names the place and the remedy and is mapped to
/// HTTP (422, 400 ...) and to exit code 1 at the surface, never shown as a stack trace.
/// </summary>
/// <param name="code">Stable machine-readable code in PascalCase, such as <c>CoordinateOutOfRange</c>.</param>
/// <param name="message">What is wrong, where, and what to do, in English.</param>
/// <param name="messageZh">The same in Chinese, where a person reads it.</param>
/// <param name="target">The property, key, cell or file that is refused; <see langword="null"/> for the whole input.</param>
public sealed class RefusalException(string code, string message, string? messageZh = null, string? target = null)
    : Exception(message)
{
    /// <summary>Stable machine-readable code in PascalCase.</summary>
    public string Code { get; } = code;

    /// <summary>The message in Chinese; falls back to English.</summary>
    public string MessageZh { get; } = messageZh ?? message;

    /// <summary>The property, key, cell or file that is refused.</summary>
    public string? Target { get; } = target;
}
