using System.CommandLine;
using HazardMap.Service.Commands;
using HazardMap.Service.Tiles;

[assembly: Command<HazardMap.Service.Register.ModelCommand>]

namespace HazardMap.Service.Register;

/// <summary>
/// <c>model</c> (hidden): what the web app is made from, on standard output and without a database. The build runs it.
/// </summary>
internal sealed class ModelCommand : ICommand
{
    public CommandGroup Group => CommandGroup.Internal;

    public Command Build()
    {
        var layers =
            new Option<bool>("--layers") { Description = "The map layers as /tiles/layers.json lists them, instead of the CSDL of /odata" };
        var command = new Command("model", "What the web app is made from / 生成网页端所用的模型") { layers };
        command.Does(async (parsed, stop) =>
        {
            await using var output = Console.OpenStandardOutput();
            await output.WriteAsync(parsed.GetValue(layers) ? Layers() : RegisterModel.Model.ToCsdl(), stop);
            return Exit.Done;
        });
        return command;
    }

    private static byte[] Layers() => LayerStyle.Document(LayerStyle.Folders.Select(LayerStyle.Read).OfType<LayerStyle>());
}
