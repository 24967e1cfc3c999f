using System.CommandLine;
using HazardMap.Service.Commands;
using HazardMap.Service.Database;

[assembly: Command<HazardMap.Service.Hosting.PhoneCommand>]

namespace HazardMap.Service.Hosting;

/// <summary><c>phone</c>: the addresses of the running service that phones can open, and the QR codes, as <c>up</c> showed them.</summary>
internal sealed class PhoneCommand : ICommand
{
    public CommandGroup Group => CommandGroup.Serve;

    public Command Build()
    {
        var data = DataOption.Create();
        var command = new Command("phone", "Show the addresses and QR codes for phones / 显示手机访问地址与二维码") { data };
        command.Does((parsed, _) =>
        {
            Console.WriteLine(Told(UpNotice.Served(ClusterDirectory.At(parsed.GetValue(data)!))));
            return Task.FromResult(Exit.Done);
        });
        return command;
    }

    private static string Told(ServedAddresses served) => PhoneNotice.Of(served, withCodes: true) ?? throw new RefusalException("OnlyHere",
        $"The service listens on this machine alone ({served.ForPrograms}). Start it with --listen 0.0.0.0 --tls-self (or --tls CERT KEY).",
        $"服务仅监听本机（{served.ForPrograms}）。请以 --listen 0.0.0.0 --tls-self（或 --tls 证书 私钥）启动。");
}
