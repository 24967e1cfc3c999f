using HazardMap.OData;
using HazardMap.Service.Accounts;
using HazardMap.Service.Field.Sets;
using HazardMap.Service.Register;
using HazardMap.Service.Register.Sets;
using Edm = HazardMap.OData.ODataType;

namespace HazardMap.Service.Photos;

/// <summary>Photos of an inspection, as media entities.</summary>
internal static class PhotoSet
{
    /// <summary>Name of the set.</summary>
    public const string Set = "Photos";

    public static void Describe(ODataModelBuilder model) => model.EntitySet(Set, "odata.photos", set =>
    {
        set.Description("Photos of an inspection: POST the picture to Inspections(id)/Photos; read it at Photos(id)/$value",
            "巡查照片");
        set.WriteTo("register.photos").Insertable().Deletable();
        set.Policy(new(Roles.SeesPeople) { Insert = Roles.Outside, Update = Roles.Outside, Delete = Roles.Leading });
        set.Identifier();
        set.Property("InspectionId", Edm.Guid).Required().Creatable().Label("Inspection", "巡查记录");
        set.Property("DivisionCode", Edm.String).Required().Label("Division", "行政区划代码")
            .Description("Division, the inspection's");
        set.Property("MediaType", Edm.String).Required().Label("Format", "图片格式").Description("Format of the picture");
        set.Property("SizeBytes", Edm.Int32).Required().Unit("By").Label("Size", "图片大小").Description("Size of the picture");
        set.Property("Sha256", Edm.String).Label("Digest", "摘要").Description("SHA-256 of what is served at $value, hexadecimal");
        set.Property("ReceivedSha256", Edm.String).Label("Digest as received", "原图摘要")
            .Description("SHA-256 of what was sent, before anything but the picture was left out of it");
        set.Property("Print", Edm.String).Label("Print", "图像指纹")
            .Description("What is to be seen, coarsely: the same picture has nearly the same print; empty: nothing stands out in it");
        set.Property("DuplicateOfId", Edm.Guid).Label("Same picture as", "疑似重复照片")
            .Description("The eldest photo of another water that shows the same picture; that photo may be gone, or outside one's area");
        set.Property("TakenAt", Edm.DateTimeOffset).Writable().Label("Taken", "拍摄时间");
        set.Property("CreatedAt", Edm.DateTimeOffset).Required().Label("Created", "创建时间");
        set.Property("CreatedBy", Edm.String).Required().Label("Sent by", "上传账户").Description("Account that sent it");
        set.Version("Version").Label("Version", "版本").Description("Counts the changes");
        set.Media("MediaType", store: new PhotoStore(), sizeProperty: "SizeBytes", maxBytes: PhotoLimits.MostBytes,
            accepted: PhotoStore.Types);
        set.ChangesFrom("odata.photo_changes", "DivisionCode", "InspectionId");
        set.Changing(NeedRoomAsync);
        set.One("Inspection", Inspections.Set, "InspectionId");
    });

    private static Task NeedRoomAsync(ODataChange change, CancellationToken stop) =>
        change.Kind == ODataChangeKind.Insert && change.Value("SizeBytes") is int bytes
            ? change.Http.RequestServices.GetRequiredService<PhotoQuota>().NeedAsync(Areas.Of(change.Http).Actor, bytes, stop)
            : Task.CompletedTask;
}
