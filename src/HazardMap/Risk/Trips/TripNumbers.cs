using System.Globalization;
using HazardMap.Risk.Rules;

namespace HazardMap.Risk.Trips;

/// <summary>
/// What the parts of a rule of trips ask for their numbers. The first to ask reads the file; a variant of the rule asks what was read
/// then, with some numbers changed, so that a thousand draws read no text.
/// </summary>
internal sealed class TripNumbers
{
    private readonly RuleText _text;
    private readonly Dictionary<string, TripNumber> _numbers;
    private readonly Dictionary<string, object> _structures;
    private readonly IReadOnlyDictionary<string, double> _changed;
    private readonly List<TripNumber> _asked = [];
    private readonly bool _isFirst;

    public TripNumbers(RuleText text)
    {
        (_text, _numbers, _structures) = (text, new(StringComparer.Ordinal), new(StringComparer.Ordinal));
        (_changed, _isFirst) = (new Dictionary<string, double>(StringComparer.Ordinal), true);
    }

    private TripNumbers(TripNumbers read, IReadOnlyDictionary<string, double> changed)
    {
        (_text, _numbers, _structures, _changed) = (read._text, read._numbers, read._structures, changed);
        if (changed.Keys.FirstOrDefault(path => !read._numbers.ContainsKey(path)) is { } stranger)
            throw Refuse(stranger, "is not a number of this rule", "不是本规则的数值");
    }

    /// <summary>The file, for what has no numbers.</summary>
    public RuleText Text => _text;

    /// <summary>Every number that was asked for, in the order of the questions.</summary>
    public IReadOnlyList<TripNumber> Asked => _asked;

    public TripNumbers With(IReadOnlyDictionary<string, double> changed) => new(this, changed);

    public TripNumber Number(string path, double least, double most)
    {
        var key = $"{path}.value";
        if (_isFirst) _numbers.Add(key, _text.Value(path, least, most));
        return Take(key, least, most);
    }

    /// <summary>One number for each age, under keys <c>aged1To4</c> and <c>aged5To14</c>.</summary>
    public PerAge<TripNumber> PerAge(string path, double least, double most) =>
        new(Number($"{path}.aged1To4", least, most), Number($"{path}.aged5To14", least, most));

    /// <summary>Bands with rising bounds; the last has none.</summary>
    public TripBand[] Bands(string path, string boundKey, double mostBound, double least, double most)
    {
        var read = Structure(path, text => text.ValueBands(path, boundKey, mostBound, least, most));
        var bands = new TripBand[read.Length];
        for (var i = 0; i < read.Length; i++)
        {
            if (_isFirst) _numbers.Add(read[i].Number.Path, read[i].Number);
            if (_isFirst && i < read.Length - 1) _numbers.Add(read[i].Below.Path, read[i].Below);
            bands[i] = new TripBand(i < read.Length - 1 ? Take(read[i].Below.Path, 0, mostBound) : read[i].Below,
                Take(read[i].Number.Path, least, most));
            if (i > 0 && !(bands[i].Below.Value > bands[i - 1].Below.Value))
                throw Refuse(bands[i].Below.Path, "must be greater than the bound before it", "须大于前一分段的上限");
        }
        return bands;
    }

    /// <summary>What a file says besides numbers: read once.</summary>
    public T Structure<T>(string path, Func<RuleText, T> read) where T : notnull
    {
        if (_isFirst) _structures.Add(path, read(_text));
        return (T)_structures[path];
    }

    /// <summary>A number of an entry of a list that <see cref="Structure{T}"/> read.</summary>
    public TripNumber Entry(TripNumber read, double least, double most)
    {
        if (_isFirst) _numbers.Add(read.Path, read);
        return Take(read.Path, least, most);
    }

    public RefusalException Refuse(string key, string what, string whatZh) => _text.Refuse(key, what, whatZh);

    private TripNumber Take(string key, double least, double most)
    {
        var number = _numbers[key];
        if (_changed.TryGetValue(key, out var value))
            number = value >= least && value <= most ? number with { Value = value }
                : throw Refuse(key, string.Create(CultureInfo.InvariantCulture, $"must be a number from {least} to {most}"),
                    string.Create(CultureInfo.InvariantCulture, $"须为 {least} 到 {most} 的数字"));
        number = number with { Index = _asked.Count, Least = least, Most = most };
        _asked.Add(number);
        return number;
    }
}
