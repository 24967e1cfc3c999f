using HazardMap.OData;

namespace HazardMap.Service.Register;

/// <summary>Why a picture is not taken, in both languages.</summary>
internal static class PictureRefusals
{
    public static ODataRefusalException NotThatType(string claimed, string? found) => found is null
        ? Refusal(415, "NotThatType", $"The bytes are not {claimed}: no whole header of it. Send the picture itself, unchanged.",
            $"文件内容不是 {claimed}：没有完整的文件头。请原样上传图片。")
        : Refusal(415, "NotThatType", $"The bytes are not {claimed} but {found}. Say so in Content-Type.",
            $"文件内容不是 {claimed}，而是 {found}。请在 Content-Type 中注明。");

    public static ODataRefusalException TooManyPixels(PictureHeader header) => Refusal(413, "TooManyPixels",
        $"The picture has {header.Width} x {header.Height} pixels; at most {PhotoStore.MaxPixels / 1_000_000} million are taken. "
            + "Make it smaller.",
        $"图片为 {header.Width} x {header.Height} 像素，最多 {PhotoStore.MaxPixels / 10_000} 万像素。请缩小后上传。");

    public static ODataRefusalException TooLarge() => Refusal(413, "PictureTooLarge",
        $"Without what is hidden in it the picture has more than {PhotoStore.MaxBytes >> 20} MB. Make it smaller, or send it as JPEG.",
        $"去除隐藏信息后图片超过 {PhotoStore.MaxBytes >> 20} MB。请缩小，或改用 JPEG 格式。");

    public static ODataRefusalException Broken(string reason) => Refusal(422, "PictureBroken",
        $"The picture can't be drawn: {reason}. It may have been cut off on its way; send it again.",
        $"无法解码图片：{reason}。可能在传输中被截断，请重新上传。");

    public static ODataRefusalException TooSlow() => Refusal(422, "PictureTooSlow",
        "Drawing the picture took too long or too much memory. Make it smaller, or take it anew.",
        "解码该图片耗时过长或占用内存过多。请缩小或重新拍摄。");

    public static ODataRefusalException ToolMissing() => Refusal(503, "PictureToolMissing",
        "Photos can't be taken now: vipsthumbnail or prlimit is not installed. Have root run: apt-get install libvips-tools util-linux",
        "目前无法接收照片：未安装 vipsthumbnail 或 prlimit。请以 root 运行：apt-get install libvips-tools util-linux");

    private static ODataRefusalException Refusal(int status, string code, string en, string zh) =>
        new(status, code, en, status == 415 ? "Content-Type" : null) { Details = [new("zh", zh)] };
}
