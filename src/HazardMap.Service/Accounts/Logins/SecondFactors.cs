using System.Security.Cryptography;
using HazardMap.Service.Database;
using HazardMap.Service.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace HazardMap.Service.Accounts;

/// <summary>What proved the second factor.</summary>
internal enum FactorProof
{
    /// <summary>The account has none.</summary>
    NotNeeded,

    /// <summary>A code of the moment.</summary>
    Code,

    /// <summary>One of the codes for who has lost what makes codes.</summary>
    RecoveryCode,
}

/// <summary>
/// Second factors (TOTP): one an account, counting once it is confirmed with a code. A code is taken once, of the present thirty seconds
/// or its neighbours; ten recovery codes, each once, for who has lost the phone.
/// </summary>
internal sealed class SecondFactors(
    TimeProvider clock, ILogger<SecondFactors> log, HazardMapOptions options, IDataProtectionProvider keys)
{
    /// <summary>How many recovery codes there are.</summary>
    public const int RecoveryCodes = 10;

    private readonly IDataProtector? _protector =
        options.KeyDirectory is null ? null : keys.CreateProtector(KeyRing.SecondFactors);

    /// <summary>Whether an account logs in with a code too, and how many recovery codes are left.</summary>
    public static async Task<(bool IsOn, int RecoveryCodesLeft)> OfAsync(NpgsqlConnection connection, Guid account,
        CancellationToken stop) =>
        await connection.RowAsync("""
            select exists (select from account.second_factors where account_id = $1 and confirmed_at is not null),
                   (select count(*) from account.recovery_codes where account_id = $1 and used_at is null)::integer
            """, row => (row.GetBoolean(0), row.GetInt32(1)), stop, account);

    /// <summary>Proves the second factor of an account in a transaction, which spends the code.</summary>
    /// <returns>How; null: the code is missing, wrong or was used.</returns>
    public async Task<FactorProof?> ProveAsync(NpgsqlConnection connection, Guid account, string? code, CancellationToken stop)
    {
        var factor = await ReadAsync(connection, account, "confirmed_at is not null", stop);
        if (factor is null) return FactorProof.NotNeeded;
        if (string.IsNullOrWhiteSpace(code)) return null;
        if (IsCode(code) is { } digits) return await SpendAsync(connection, account, factor, digits, stop) ? FactorProof.Code : null;
        return ReadableCode.Hash(code) is { } hash && await connection.ExecuteAsync("""
            update account.recovery_codes set used_at = now() where hash = $1 and account_id = $2 and used_at is null
            """, stop, hash, account) == 1 ? FactorProof.RecoveryCode : null;
    }

    /// <summary>Begins: a new secret, which does not count yet. One that was begun before and not confirmed gives way.</summary>
    /// <returns>The secret.</returns>
    /// <exception cref="RefusalException">The account has a second factor, or the service has nowhere to keep keys.</exception>
    public async Task<byte[]> BeginAsync(NpgsqlConnection connection, Guid account, CancellationToken stop)
    {
        var protector = _protector ?? throw new RefusalException("NoKeyDirectory",
            "This service has no directory for the keys that encrypt second factors: start it with `up`, or with --keys DIR.",
            "服务未设置密钥目录，无法启用动态码：请用 `up` 启动，或加 --keys 目录。");
        var secret = Totp.NewSecret();
        return await connection.ExecuteAsync("""
            insert into account.second_factors as f (account_id, secret) values ($1, $2)
            on conflict (account_id) do update set secret = excluded.secret, created_at = now(), last_step = null
              where f.confirmed_at is null
            """, stop, account, protector.Protect(Convert.ToHexString(secret))) == 1 ? secret
            : throw new RefusalException("SecondFactorIsOn", "The account has a second factor: remove it first.",
                "该账户已启用动态码，请先停用。");
    }

    /// <summary>Confirms what was begun with one of its codes; from here on it counts.</summary>
    /// <returns>The recovery codes, which nobody is told again; null: the code is wrong.</returns>
    /// <exception cref="RefusalException">Nothing was begun.</exception>
    public async Task<IReadOnlyList<string>?> ConfirmAsync(NpgsqlConnection connection, Guid account, string? code, CancellationToken stop)
    {
        var begun = await ReadAsync(connection, account, "confirmed_at is null", stop)
            ?? throw new RefusalException("NothingToConfirm", "No second factor waits for its code: POST /api/account/totp begins one.",
                "没有待确认的动态码：请先发起启用。");
        if (IsCode(code) is not { } digits || !await SpendAsync(connection, account, begun, digits, stop)) return null;
        await connection.ExecuteAsync("update account.second_factors set confirmed_at = now() where account_id = $1", stop, account);
        var codes = Enumerable.Range(0, RecoveryCodes).Select(_ => ReadableCode.Create()).ToList();
        await connection.ExecuteAsync("""
            with old as (delete from account.recovery_codes where account_id = $1)
            insert into account.recovery_codes (hash, account_id) select hash, $1 from unnest($2::bytea[]) hash
            """, stop, account, codes.Select(c => ReadableCode.Hash(c)!).ToArray());
        return codes;
    }

    /// <summary>Takes the second factor away, with its recovery codes.</summary>
    /// <returns>Whether there was one.</returns>
    public static async Task<bool> RemoveAsync(NpgsqlConnection connection, Guid account, CancellationToken stop) =>
        await connection.ExecuteAsync("delete from account.second_factors where account_id = $1", stop, account) == 1;

    private static Task<string?> ReadAsync(NpgsqlConnection connection, Guid account, string which, CancellationToken stop) =>
        connection.ScalarAsync<string>($"select secret from account.second_factors where account_id = $1 and {which} for update", stop,
            account);

    private static string? IsCode(string? code)
    {
        var digits = code?.Replace(" ", "", StringComparison.Ordinal).Trim();
        return digits is { Length: 6 } && digits.All(char.IsAsciiDigit) ? digits : null;
    }

    // A code that was seen over a shoulder has been used: the same step, or an earlier one, is not taken again.
    private async Task<bool> SpendAsync(NpgsqlConnection connection, Guid account, string kept, string digits, CancellationToken stop) =>
        Open(kept) is { } secret && Totp.Match(secret, digits, clock.GetUtcNow()) is { } step
        && await connection.ExecuteAsync("""
            update account.second_factors set last_step = $2 where account_id = $1 and (last_step is null or last_step < $2)
            """, stop, account, step) == 1;

    private byte[]? Open(string kept)
    {
        try
        {
            return _protector is null ? null : Convert.FromHexString(_protector.Unprotect(kept));
        }
        catch (CryptographicException lost)
        {
            log.LogError(lost, "The key of a second factor is not in the data directory: only recovery codes log in; "
                + "./hazardmap user reset NAME takes the second factor away");
            return null;
        }
    }
}
