using System.Globalization;

namespace HazardMap.Service.Hosting.Tls;

/// <summary>What can be wrong with a certificate, its key or our own authority: the place and the remedy, in both languages.</summary>
internal static class TlsRefusals
{
    public static RefusalException Unreadable(string path, string reason) => new("TlsFileUnreadable",
        $"{path} cannot be read: {reason}. Give this user the right to read it, or name the right file: --tls CERT KEY.",
        $"无法读取 {path}：{reason}。请授予读取权限，或指定正确的文件：--tls 证书 私钥。", path);

    public static RefusalException NoCertificate(string path) => new("NotACertificate",
        $"{path} holds no certificate in PEM (-----BEGIN CERTIFICATE-----). From a .pfx or .p12 file both are made by: "
            + "openssl pkcs12 -in FILE -nodes -nokeys -out cert.pem; openssl pkcs12 -in FILE -nodes -nocerts -out key.pem",
        $"{path} 中没有 PEM 格式的证书（-----BEGIN CERTIFICATE-----）。可由 .pfx 或 .p12 文件生成："
            + "openssl pkcs12 -in 文件 -nodes -nokeys -out cert.pem; openssl pkcs12 -in 文件 -nodes -nocerts -out key.pem", path);

    public static RefusalException NoKey(string path) => new("NotAKey",
        $"{path} holds no RSA or EC private key in PEM (-----BEGIN PRIVATE KEY-----) that can be used. The order is --tls CERT KEY.",
        $"{path} 中没有可用的 PEM 格式 RSA 或 EC 私钥（-----BEGIN PRIVATE KEY-----）。"
            + "参数顺序为 --tls 证书 私钥。", path);

    public static RefusalException Encrypted(string path) => new("KeyEncrypted",
        $"The key in {path} is encrypted. Put its password into the environment variable {CertificateFiles.PasswordVariable}, "
            + "or decrypt it: openssl pkey -in KEY -out key.pem; chmod 600 key.pem",
        $"{path} 中的私钥已加密。请将密码写入环境变量 {CertificateFiles.PasswordVariable}，或先解密："
            + "openssl pkey -in 私钥 -out key.pem; chmod 600 key.pem", path);

    public static RefusalException OldEncryption(string path) => new("KeyEncryptionOutdated",
        $"The key in {path} is encrypted in OpenSSL's old form (Proc-Type: 4,ENCRYPTED). Bring it to today's: "
            + $"openssl pkcs8 -topk8 -in KEY -out key.pem, with its password in {CertificateFiles.PasswordVariable}.",
        $"{path} 中的私钥使用 OpenSSL 旧加密格式（Proc-Type: 4,ENCRYPTED）。请转换："
            + $"openssl pkcs8 -topk8 -in 私钥 -out key.pem，并将密码写入 {CertificateFiles.PasswordVariable}。", path);

    public static RefusalException WrongPassword(string path) => new("KeyPasswordWrong",
        $"The password in {CertificateFiles.PasswordVariable} does not open the key in {path}.",
        $"环境变量 {CertificateFiles.PasswordVariable} 中的密码无法打开 {path} 中的私钥。", path);

    public static RefusalException DoesNotFit(string certificate, string key) => new("KeyDoesNotFit",
        $"The key in {key} is not that of the certificate in {certificate}. Name the two that were made together.",
        $"{key} 中的私钥与 {certificate} 中的证书不匹配。请指定同时生成的一对文件。", key);

    public static RefusalException WrongOrder(string path, string expected, string found) => new("CertificateChainOrder",
        $"The certificates in {path} are in the wrong order: after the server's own comes the one that issued it, and so on; "
            + $"expected {expected}, found {found}. Put them together again: cat server.pem intermediate.pem > chain.pem",
        $"{path} 中证书的顺序有误：服务器证书在最前，其后依次为签发它的证书；"
            + $"应为 {expected}，实为 {found}。"
            + "请重新合并：cat server.pem intermediate.pem > chain.pem", path);

    public static RefusalException Expired(string path, DateTime at) => new("CertificateExpired",
        $"The certificate in {path} ended on {Day(at)}. Renew it; while the service runs a renewed file is taken within seconds.",
        $"{path} 中的证书已于 {Day(at)} 到期。请续期；服务运行期间更新文件，几秒内即可生效。", path);

    public static RefusalException NotYet(string path, DateTime at) => new("CertificateNotYetValid",
        $"The certificate in {path} is valid from {Day(at)} on. Check this machine's clock (date), or name another certificate.",
        $"{path} 中的证书自 {Day(at)} 起生效。请检查本机时间（date），或指定其他证书。", path);

    public static RefusalException NotForServers(string path) => new("CertificateNotForServers",
        $"The certificate in {path} is not for servers (it is an authority's, or its extended key usage lacks serverAuth): browsers "
            + "refuse it. Ask its issuer for one for a web server.",
        $"{path} 中的证书不是服务器证书（为颁发机构证书，或扩展密钥用法缺少 serverAuth），"
            + "浏览器会拒绝。"
            + "请向签发机构申请网站服务器证书。", path);

    public static RefusalException AuthorityDamaged(string path, string reason) => new("AuthorityDamaged",
        $"The local authority in {path} cannot be used: {reason}. Every phone that trusts it would have to install another: "
            + $"put the file back from a backup. If there is none, move {Path.GetDirectoryName(path)} away; "
            + "a new authority is made at the next start.",
        $"无法使用 {path} 中的本地证书颁发机构：{reason}。"
            + "若更换，所有手机都须重新安装根证书，请先从备份恢复该文件。"
            + $"如无备份，请移走 {Path.GetDirectoryName(path)}，下次启动时会新建。", path);

    private static string Day(DateTime at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
