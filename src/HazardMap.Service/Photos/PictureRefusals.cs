using System.Globalization;
using HazardMap.OData;

namespace HazardMap.Service.Photos;

/// <summary>Why a picture is not taken, in both languages.</summary>
internal static class PictureRefusals
{
    public static ODataRefusalException NotThatType(string claimed, string? found) => found is null
        ? Refusal(415, "NotThatType", $"The bytes are not {claimed}: no whole header of it. Send the picture itself, unchanged.",
            $"文件内容不是 {claimed}：没有完整的文件头。请原样上传图片。")
        : Refusal(415, "NotThatType", $"The bytes are not {claimed} but {found}. Say so in Content-Type.",
            $"文件内容不是 {claimed}，而是 {found}。请在 Content-Type 中注明。");

    public static ODataRefusalException NoPicture() => Refusal(415, "NoPicture",
        "The bytes are no JPEG, PNG or WebP: no whole header of one. Send the picture itself, unchanged.",
        "文件内容不是 JPEG、PNG 或 WebP 图片：没有完整的文件头。请原样上传图片。");

    public static ODataRefusalException TooManyPixels(PictureHeader header) => Refusal(413, "TooManyPixels",
        $"The picture has {header.Width} x {header.Height} pixels; at most {PhotoLimits.MostPixels / 1_000_000} million are taken. "
            + "Make it smaller.",
        $"图片为 {header.Width} x {header.Height} 像素，最多 {PhotoLimits.MostPixels / 10_000} 万像素。请缩小后上传。");

    public static ODataRefusalException TooManyFrames(int frames) => Refusal(413, "TooManyFrames",
        string.Create(CultureInfo.InvariantCulture, $"The file holds {frames} pictures one after the other; a photo is one. Send one."),
        string.Create(CultureInfo.InvariantCulture, $"文件包含 {frames} 帧画面，照片只能有一帧。请上传单张图片。"));

    public static ODataRefusalException HoldsMore(string what, string zh) => Refusal(422, "PictureHoldsMore",
        $"Besides the picture the file holds {what}. Send the picture alone.", $"文件中除图片外还有{zh}。请只上传图片。");

    public static ODataRefusalException TooLarge() => Refusal(413, "PictureTooLarge",
        $"Without what is hidden in it the picture has more than {PhotoLimits.MostBytes >> 20} MB. Make it smaller, or send it as JPEG.",
        $"去除隐藏信息后图片超过 {PhotoLimits.MostBytes >> 20} MB。请缩小，或改用 JPEG 格式。");

    public static ODataRefusalException Broken(string reason) => Refusal(422, "PictureBroken",
        $"The picture can't be drawn: {reason}. It may have been cut off on its way; send it again.",
        $"无法解码图片：{reason}。可能在传输中被截断，请重新上传。");

    public static ODataRefusalException TooSlow() => Refusal(422, "PictureTooSlow",
        "Drawing the picture took too long or too much memory. Make it smaller, or take it anew.",
        "解码该图片耗时过长或占用内存过多。请缩小或重新拍摄。");

    public static ODataRefusalException ToolMissing() => Refusal(503, "PictureToolMissing",
        "Photos can't be taken now: vipsthumbnail or prlimit is not installed. Have root run: apt-get install libvips-tools util-linux",
        "目前无法接收照片：未安装 vipsthumbnail 或 prlimit。请以 root 运行：apt-get install libvips-tools util-linux");

    public static ODataRefusalException TooManyToday(int photos) => Refusal(413, "TooManyPhotosToday",
        string.Create(CultureInfo.InvariantCulture,
            $"This account has sent {photos} photos within 24 hours, as many as it may. Send the rest tomorrow; keep them until then."),
        string.Create(CultureInfo.InvariantCulture,
            $"此账户 24 小时内已上传 {photos} 张照片，达到上限。其余请保留，明日再传。"));

    public static ODataRefusalException TooMuchToday(long bytes) => Refusal(413, "TooMuchToday",
        string.Create(CultureInfo.InvariantCulture,
            $"With this photo the account would have sent more than {bytes >> 20} MB within 24 hours. Keep it, and send it tomorrow."),
        string.Create(CultureInfo.InvariantCulture,
            $"加上这张照片，此账户 24 小时内上传将超过 {bytes >> 20} MB。请保留，明日再传。"));

    public static ODataRefusalException NoRoom(long bytes) => Refusal(507, "NoRoomForPhotos",
        string.Create(CultureInfo.InvariantCulture,
            $"There is room for {bytes >> 30} GB of photos, and it is used up. Keep the photo, and ask whoever runs the service to "
            + $"raise {PhotoLimits.TotalSetting}."),
        string.Create(CultureInfo.InvariantCulture,
            $"照片空间（{bytes >> 30} GB）已用完。请保留照片，并请系统管理员调大 {PhotoLimits.TotalSetting}。"));

    private static ODataRefusalException Refusal(int status, string code, string en, string zh) =>
        new(status, code, en, status == 415 ? "Content-Type" : null)
        {
            Details = [new("zh", zh)], RetryAfterSeconds = status == 507 ? 300 : null,
        };
}
