using System.Text.Json;

namespace SriovPulse.Metrics.Querying.Remote.Answers;

/// <summary>
/// Reads an answer of Prometheus' API from its tokens: status, errors, warnings, and <c>data</c> in pieces. Fed with parts of the text; a piece is
/// taken when all of it is there.
/// </summary>
internal sealed class AnswerEnvelope(AnswerData data)
{
    private readonly List<string> _warnings = [];
    private readonly List<string> _infos = [];
    private Place _place = Place.Start;
    private string? _member;
    private bool _hasData;

    private enum Place
    {
        Start,
        Top,
        DataObject,
        DataArray,
        End,
    }

    public string Status { get; private set; } = string.Empty;

    public string ErrorType { get; private set; } = string.Empty;

    public string Error { get; private set; } = string.Empty;

    public IReadOnlyList<string> Warnings => _warnings;

    public IReadOnlyList<string> Infos => _infos;

    /// <summary>Whether an answer's beginning was read.</summary>
    public bool HasBegun => _place != Place.Start;

    /// <summary>Whether the whole answer was read.</summary>
    public bool IsComplete => _place == Place.End;

    /// <summary>Whether it has a result.</summary>
    public bool IsSuccess => Status == "success" && _hasData;

    /// <summary>Takes whatever is complete in a part; the reader is left behind it.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="AnswerFormatException">It is not what the API says.</exception>
    public void Take(ref Utf8JsonReader reader)
    {
        while (_place != Place.End)
        {
            var ahead = reader;
            if (!TryTakeOne(ref ahead))
            {
                return;
            }

            reader = ahead;
        }
    }

    // False when the part ends before the next piece does.
    private bool TryTakeOne(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            return false;
        }

        switch (_place)
        {
            case Place.Start:
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    // The text "404 page not found" begins as JSON too.
                    throw new JsonException();
                }

                _place = Place.Top;
                return true;
            case Place.Top when reader.TokenType == JsonTokenType.EndObject:
                _place = Place.End;
                return true;
            case Place.Top:
                return TryTakeTop(ref reader);
            case Place.DataObject when reader.TokenType == JsonTokenType.EndObject:
                _place = Place.Top;
                return true;
            case Place.DataObject:
                var name = reader.GetString()!;
                return reader.Read() && TryTakeValue(name, ref reader);
            case Place.DataArray when reader.TokenType == JsonTokenType.EndArray:
                _place = _member is null ? Place.Top : Place.DataObject;
                return true;
            default:
                return TryTakeWhole(_member, ref reader);
        }
    }

    private bool TryTakeTop(ref Utf8JsonReader reader)
    {
        var name = reader.GetString();
        if (!reader.Read())
        {
            return false;
        }

        _hasData |= name == "data";
        if (name == "data" && reader.TokenType != JsonTokenType.Null)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                _place = Place.DataObject;
                return true;
            }

            return TryTakeValue(null, ref reader);
        }

        var start = reader;
        if (!reader.TrySkip())
        {
            return false;
        }

        switch (name)
        {
            case "status":
                Status = AnswerTokens.Text(ref start);
                break;
            case "errorType":
                ErrorType = AnswerTokens.Text(ref start);
                break;
            case "error":
                Error = AnswerTokens.Text(ref start);
                break;
            case "warnings":
                AnswerTokens.Texts(ref start, _warnings);
                break;
            case "infos":
                AnswerTokens.Texts(ref start, _infos);
                break;
        }

        return true;
    }

    private bool TryTakeValue(string? member, ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartArray && data.IsStreamed(member))
        {
            _member = member;
            _place = Place.DataArray;
            return true;
        }

        return TryTakeWhole(member, ref reader);
    }

    private bool TryTakeWhole(string? member, ref Utf8JsonReader reader)
    {
        var start = reader;
        if (!reader.TrySkip())
        {
            return false;
        }

        data.Take(member, ref start);
        return true;
    }
}
