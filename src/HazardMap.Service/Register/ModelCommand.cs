using System.CommandLine;
using HazardMap.Service.Commands;
using HazardMap.Service.Tiles;

namespace HazardMap.Service.Register;

/// <summary>
/// <c>model</c>: what the web app is made from, on standard output and without a database. The build runs it; nobody else has to.
/// </summary>
internal static class ModelCommand
{
    public static Command Build()
    {
        var layers = new Option<bool>("--layers") { Description = "The map layers as /tiles/layers.json has them, instead of the CSDL of /odata" };
        var command = new Command("model", "Write what the web app is made from") { layers };
        command.Hidden = true;
        command.Does(async (parsed, stop) =>
        {
            await using var output = Console.OpenStandardOutput();
            await output.WriteAsync(parsed.GetValue(layers) ? Layers() : Csdl(), stop);
            return Exit.Done;
        });
        return command;
    }

    private static byte[] Csdl() => RegisterModel.Model.ToCsdl();

    private static byte[] Layers() => LayerStyle.Document(LayerStyle.Folders.Select(LayerStyle.Read).OfType<LayerStyle>());
}
