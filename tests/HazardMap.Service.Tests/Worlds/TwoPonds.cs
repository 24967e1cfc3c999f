namespace HazardMap.Service.Tests.Worlds;

/// <summary>Two counties with a pond each, and an account that keeps the eastern one.</summary>
public class TwoPonds : ServedRegister
{
    internal const string East = "0198c0de-0000-7000-8000-00000000000e", West = "0198c0de-0000-7000-8000-00000000000f";

    /// <summary>The administrator of 532601.</summary>
    internal HttpClient Confined { get; private set; } = null!;

    /// <summary>Inspects 532601.</summary>
    internal HttpClient Inspector { get; private set; } = null!;

    protected override Task FillAsync() => ExecuteAsync($"""
        insert into register.divisions (code, name, level, centre, source) values
          ('532601', '文山市', 'County', 'POINT(104.24 23.37)', 'test'), ('532622', '砚山县', 'County', 'POINT(104.33 23.6)', 'test');
        insert into register.hazards (id, code, name, kind, shape, division_code, source) values
          ('{East}', 'H1', '东塘', 'Pond', 'POINT(104.24 23.37)', '532601', 'test'),
          ('{West}', 'H2', '西塘', 'Pond', 'POINT(104.33 23.6)', '532622', 'test');
        """);

    /// <summary>Makes the accounts.</summary>
    internal async Task StaffAsync()
    {
        if (Confined is not null) return;
        Confined = await this.AccountAsync("county", ("Administrator", "532601"));
        Inspector = await this.AccountAsync("inspector", ("Inspector", "532601"));
    }
}
