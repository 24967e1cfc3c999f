using System.Globalization;
using HazardMap.OData;

namespace HazardMap.Service.Photos.Uploads;

/// <summary>Why a request to upload is refused, in both languages.</summary>
internal static class UploadRefusals
{
    /// <summary>What tus calls a checksum that does not match.</summary>
    public const int ChecksumMismatch = 460;

    public static ODataRefusalException OtherVersion() => Refusal(412, "TusVersion",
        $"This speaks tus {TusHeaders.Version}: send the header Tus-Resumable: {TusHeaders.Version}.",
        $"此处使用 tus {TusHeaders.Version} 协议：请发送请求头 Tus-Resumable: {TusHeaders.Version}。", "Tus-Resumable");

    public static ODataRefusalException BadHeader(string name, string en, string zh) => Refusal(400, "BadHeader",
        $"{name} {en}.", $"请求头 {name} {zh}。", name);

    public static ODataRefusalException TooLong(long length) => Refusal(413, "PhotoTooLarge",
        string.Create(CultureInfo.InvariantCulture,
            $"A photo may have {PhotoLimits.MostBytes} bytes; this one has {length}. Make it smaller."),
        string.Create(CultureInfo.InvariantCulture,
            $"照片最大 {PhotoLimits.MostBytes} 字节，此文件为 {length} 字节。请缩小后上传。"), "Upload-Length");

    public static ODataRefusalException Overlong(int length) => Refusal(413, "MoreThanSaid",
        string.Create(CultureInfo.InvariantCulture,
            $"The upload was announced with {length} bytes, and more came. Nothing of this was kept."),
        string.Create(CultureInfo.InvariantCulture, $"上传声明为 {length} 字节，实际更多。本次数据未保存。"),
        "Upload-Length");

    public static ODataRefusalException WrongType() => Refusal(415, "UnsupportedMediaType",
        $"Send the bytes as {TusHeaders.ContentType}.", $"请以 {TusHeaders.ContentType} 发送数据。", "Content-Type");

    public static ODataRefusalException OtherOffset(long offset) => Refusal(409, "OtherOffset",
        string.Create(CultureInfo.InvariantCulture, $"{offset} bytes are here. Ask with HEAD, and go on from there."),
        string.Create(CultureInfo.InvariantCulture, $"已收到 {offset} 字节。请用 HEAD 查询后从该处继续。"),
        "Upload-Offset");

    public static ODataRefusalException Mismatch(string what, string zh, string target) => Refusal(ChecksumMismatch, "ChecksumMismatch",
        $"{what} arrived changed: the checksum is another. It was thrown away; send it again.",
        $"{zh}在传输中被改变：校验值不符，已丢弃，请重新发送。", target);

    public static ODataRefusalException NoSuch() => Refusal(404, "NoSuchUpload",
        "There is no such upload of this account. Begin one with POST to /api/uploads.",
        "此账户没有该上传。请先 POST 到 /api/uploads 创建。");

    public static ODataRefusalException Gone(UploadState state) => state == UploadState.Ended
        ? Refusal(410, "UploadEnded", "This upload was called off. Begin another one.", "该上传已被取消。请重新创建。")
        : Refusal(410, "UploadExpired", "This upload was not complete in time, or its inspection never came. Begin another one.",
            "该上传未在期限内完成，或对应的巡查记录一直未到。请重新创建。");

    public static ODataRefusalException IsAPhoto() => Refusal(409, "UploadIsDone",
        "This upload is a photo already: DELETE /odata/Photos(id) takes that away.",
        "该上传已成为照片：如需删除请 DELETE /odata/Photos(id)。");

    public static ODataRefusalException DiskFull(string reason) => new(507, "DiskFull",
        $"There is no room for this photo just now ({reason}): keep it and try again later. Nothing of what was acknowledged is lost; "
        + "whoever runs the service makes room on the disk of the data directory (df -h).")
    {
        Details = [new("zh", $"目前没有空间存放照片（{reason}）：请保留照片，稍后重试。"
            + "已确认的数据不会丢失；"
            + "请系统管理员清理数据目录所在磁盘（df -h）。")],
        RetryAfterSeconds = 60,
    };

    /// <summary>A refusal that was kept.</summary>
    public static ODataRefusalException Again(UploadRefusal kept) =>
        new(kept.Status, kept.Code, kept.Message) { Details = [new("zh", kept.MessageZh)] };

    private static ODataRefusalException Refusal(int status, string code, string en, string zh, string? target = null) =>
        new(status, code, en, target) { Details = [new("zh", zh)] };
}
