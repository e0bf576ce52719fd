namespace SriovPulse.PromQL.Parsing;

/// <summary>Collects what is wrong with one text.</summary>
internal sealed class DiagnosticBag(string text)
{
    // A broken text can be wrong in thousands of places; nobody reads more than these.
    private const int Most = 50;

    private readonly List<Diagnostic> _found = [];

    public bool IsEmpty => _found.Count == 0;

    public string Slice(TextRange range) => text[range.Start..range.End];

    public void Add(DiagnosticKind kind, TextRange range, string message)
    {
        if (_found.Count >= Most)
        {
            return;
        }

        var (line, column) = range.Locate(text);
        var diagnostic = new Diagnostic(kind, message, range, line, column);
        if (!_found.Contains(diagnostic))
        {
            _found.Add(diagnostic);
        }
    }

    public void Syntax(TextRange range, string message) => Add(DiagnosticKind.Syntax, range, message);

    public void Type(TextRange range, string message) => Add(DiagnosticKind.Type, range, message);

    public IReadOnlyList<Diagnostic> InOrder()
    {
        var sorted = _found.ToArray();
        Array.Sort(sorted, static (a, b) => a.Range.Start.CompareTo(b.Range.Start));
        return sorted;
    }
}
