namespace H2H.Throttle.Engine.Requests;

/// <summary>Gathers what is wrong with a request, so that all of it is reported at once.</summary>
internal sealed class Problems
{
    private readonly List<Problem> found = [];

    public void Add(ProblemReason reason, string field, string message) =>
        found.Add(new Problem(reason, field, message));

    public void Require(bool condition, ProblemReason reason, string field, string message)
    {
        if (!condition)
        {
            Add(reason, field, message);
        }
    }

    /// <summary>An id that must be there.</summary>
    public void RequireId(string? id, string field, int lengthMax)
    {
        if (string.IsNullOrEmpty(id))
        {
            Add(ProblemReason.IdEmpty, field, $"{field} is empty; give 1 to {lengthMax} characters.");
            return;
        }

        CheckId(id, field, lengthMax);
    }

    /// <summary>An id that may be left out.</summary>
    public void CheckId(string? id, string field, int lengthMax)
    {
        if (id is null)
        {
            return;
        }

        Require(
            id.Length <= lengthMax, ProblemReason.IdTooLong, field,
                $"{field} has {id.Length} characters; at most {lengthMax} are allowed.");
        Require(
            !id.Any(char.IsControl), ProblemReason.IdMalformed, field,
                $"{field} has control characters; leave them out.");
    }

    /// <summary>A name or text that may be left out.</summary>
    public void CheckText(string? text, string field, int lengthMax)
    {
        if (text is null)
        {
            return;
        }

        Require(
            text.Length <= lengthMax, ProblemReason.TextTooLong, field,
                $"{field} has {text.Length} characters; at most {lengthMax} are allowed.");
        Require(
            !text.Any(char.IsControl), ProblemReason.IdMalformed, field,
                $"{field} has control characters; leave them out.");
    }

    /// <exception cref="RequestException">Something was wrong.</exception>
    public void ThrowIfAny()
    {
        if (found.Count > 0)
        {
            throw new RequestException([.. found]);
        }
    }
}
