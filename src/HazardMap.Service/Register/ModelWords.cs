using HazardMap.OData;

namespace HazardMap.Service.Register;

/// <summary>Enumerations as OData serves them: members, words and symbols come from the enumeration itself.</summary>
internal static class ModelWords
{
    /// <summary>
    /// The enumeration <typeparamref name="T"/> with its words. A function's answer may have declared it before, from the type alone.
    /// </summary>
    /// <param name="model">The model being described.</param>
    /// <param name="name">Its name in OData, when it is not the type's.</param>
    public static EnumType Words<T>(this ODataModelBuilder model, string? name = null) where T : struct, Enum
    {
        var type = model.Enum(typeof(T), name);
        foreach (var word in HazardMap.Register.Words.Of<T>().All)
            type.Describe(word.Member, word.En, word.Zh, ("Symbol", word.Told.Symbol), ("Colour", word.Told.Colour), ("Ink", word.Told.Ink),
                ("LongEn", word.Told.LongEn), ("LongZh", word.Told.LongZh));
        return type;
    }
}
