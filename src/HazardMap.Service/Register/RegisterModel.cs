using HazardMap.OData;
using HazardMap.Service.Risk;
using HazardMap.Service.Ways;
using Edm = HazardMap.OData.ODataType;

namespace HazardMap.Service.Register;

/// <summary>
/// What <c>/odata</c> serves: the entity sets of the register over the views of schema <c>odata</c>, which property a
/// client may change, and what each is called in English and Chinese.
/// </summary>
internal static class RegisterModel
{
    /// <summary>Builds the model; <paramref name="functions"/> answers what is asked about risk.</summary>
    public static ODataModel Build(RiskFunctions functions) =>
        ODataModel.Build("HazardMap", model =>
        {
            var words = new RegisterWords(model);
            var risk = new RiskModel(model, words, functions);
            Divisions(model, words, risk);
            Hazards(model, words, risk);
            risk.Sets();
            Facilities(model, words);
            People(model, words);
            FieldWork(model, words);
            Coverage.CoverageModel.Add(model, words);
        });

    private static void Divisions(ODataModelBuilder model, RegisterWords words, RiskModel risk) => model.EntitySet("Divisions", "odata.divisions", set =>
    {
        set.Description("Administrative divisions; a division's code begins with its parent's", "行政区划");
        set.Key("Code", Edm.String).Description("Division code: county 6 digits, township 9, village 12", "行政区划代码");
        set.Property("Name", Edm.String).Required().Searchable().Description("Name", "名称");
        set.Property("Level", words.DivisionLevel).Required().Description("Level", "级别");
        set.Property("ParentCode", Edm.String).Description("Code of the division above", "上级代码");
        set.Property("Boundary", Edm.GeographyMultiPolygon).Description("Boundary, where known", "边界");
        set.Property("Centre", Edm.GeographyPoint).Required().Description("Seat or centre", "中心点");
        set.Property("Population", Edm.Int32).Description("People", "人口");
        set.Property("Children", Edm.Int32).Description("Children under 15", "儿童数");
        set.Property("Elders", Edm.Int32).Description("People of 60 and over", "老年人数");
        set.Property("ValidFrom", Edm.Date).Required().Description("First day of the code", "启用日期");
        set.Property("ValidTo", Edm.Date).Description("First day without the code", "停用日期");
        Provenance(set);
        set.ChangesFrom("odata.division_changes", "ParentCode");
        set.One("Parent", "Divisions", "ParentCode");
        set.Many("Subdivisions", "Divisions", "ParentCode");
        risk.OfDivision(set);
    });

    private static void Hazards(ODataModelBuilder model, RegisterWords words, RiskModel risk) =>
        model.EntitySet("Hazards", "odata.hazards", set =>
        {
            set.Description("Hazardous waters. One with a past is closed (Status), not deleted", "危险水域");
            set.WriteTo("register.hazards").Insertable().Deletable();
            Identifier(set);
            set.Property("Code", Edm.String).Required().Creatable().Searchable().MaxLength(64).Description("Code in the ledger", "编号");
            set.Property("Name", Edm.String).Required().Writable().Searchable().MaxLength(200).Description("Name", "名称");
            set.Property("Kind", words.HazardKind).Required().Writable().Description("Kind of water", "类型");
            set.Property("Location", Edm.GeographyPoint).Required().Writable().Derived().Description("Point on the shape; follows Shape. Only a point hazard is moved by it", "位置");
            set.Property("Shape", Edm.Geography).Required().Writable().Derived().Description("Point, line, polygon or multi-geometry; a new hazard may have a Location alone", "形状");
            set.Property("DivisionCode", Edm.String).Required().Writable().Description("Division", "行政区划代码");
            set.Property("DepthMetres", Edm.Double).Writable().Range(0, 12_000).Unit("m").Description("Greatest depth", "水深");
            set.Property("Flow", words.Flow).Writable().Description("How fast the water moves", "流速");
            set.Property("Bank", words.Bank).Writable().Description("How the bank falls to the water", "岸坡");
            set.Property("Access", words.Access).Writable().Description("Who can reach the water", "通行");
            set.Property("HasSign", Edm.Boolean).Required().Writable().Default("false").Description("Warning sign", "警示牌");
            set.Property("HasRing", Edm.Boolean).Required().Writable().Default("false").Description("Life ring", "救生圈");
            set.Property("HasRope", Edm.Boolean).Required().Writable().Default("false").Description("Rope", "救生绳");
            set.Property("HasPole", Edm.Boolean).Required().Writable().Default("false").Description("Pole", "救生杆");
            set.Property("HasCamera", Edm.Boolean).Required().Writable().Default("false").Description("Camera", "监控");
            set.Property("OwnerUnit", Edm.String).Writable().MaxLength(200).Description("Owner", "权属单位");
            set.Property("Status", words.HazardStatus).Required().Writable().Default("Active").Description("In force, being put right, or closed", "状态");
            set.Property("RiskScore", Edm.Double).Description("Score by the rule in RiskRule", "风险分值");
            set.Property("RiskLevel", words.RiskLevel).Description("Red, orange, yellow, blue", "风险等级");
            set.Property("RiskRule", Edm.String).Description("Version of the rule that scored it", "风险规则版本");
            set.Property("LastInspectedAt", Edm.DateTimeOffset).Writable().Description("Last inspection", "最近巡查");
            set.Property("NextInspectionDueAt", Edm.DateTimeOffset).Writable().Description("Next inspection due", "下次巡查期限");
            Provenance(set);
            set.ChangesFrom("odata.hazard_changes", "DivisionCode");
            set.One("Division", "Divisions", "DivisionCode");
            set.Many("Responsibilities", "Responsibilities", "HazardId");
            set.Many("Inspections", "Inspections", "HazardId");
            set.Many("Rectifications", "Rectifications", "HazardId");
            set.Many("Incidents", "Incidents", "HazardId");
            risk.OfHazard(set);
        });

    private static void Facilities(ODataModelBuilder model, RegisterWords words) => model.EntitySet("Facilities", "odata.facilities", set =>
    {
        set.Description("Where children and elders are or are served", "设施与场所");
        set.WriteTo("register.facilities").Insertable().Deletable();
        Identifier(set);
        set.Property("Code", Edm.String).Required().Creatable().Searchable().MaxLength(64).Description("Code in the ledger", "编号");
        set.Property("Name", Edm.String).Required().Writable().Searchable().MaxLength(200).Description("Name", "名称");
        set.Property("Kind", words.FacilityKind).Required().Writable().Description("Kind", "类型");
        set.Property("Location", Edm.GeographyPoint).Required().Writable().Description("Position", "位置");
        set.Property("DivisionCode", Edm.String).Required().Writable().Description("Division", "行政区划代码");
        set.Property("Capacity", Edm.Int32).Writable().Range(0, 1_000_000).Description("Places; of a pool, the pupils it serves", "容量");
        set.Property("Under5", Edm.Int32).Required().Writable().Default("0").Range(0, 1_000_000).Description("Children under 5 there now", "5岁以下");
        set.Property("Aged5To14", Edm.Int32, "aged_5_to_14").Required().Writable().Default("0").Range(0, 1_000_000).Description("Children of 5 to 14 there now", "5至14岁");
        set.Property("Aged60Plus", Edm.Int32, "aged_60_plus").Required().Writable().Default("0").Range(0, 1_000_000).Description("People of 60 and over there now", "60岁以上");
        set.Property("CountsEstimated", Edm.Boolean).Required().Writable().Default("false").Description("The counts are estimates", "人数为估计");
        set.Property("Status", words.FacilityStatus).Required().Writable().Default("Open").Description("Open, closed, planned", "状态");
        Provenance(set);
        set.ChangesFrom("odata.facility_changes", "DivisionCode");
        set.One("Division", "Divisions", "DivisionCode");
        set.Many("Responsibilities", "Responsibilities", "FacilityId");
        WayModel.Add(model, words, set);
    });

    private static void People(ODataModelBuilder model, RegisterWords words)
    {
        model.EntitySet("People", "odata.people", set =>
        {
            set.EntityType("Person").Description("Who answers for hazards and facilities", "责任人");
            set.WriteTo("register.people").Insertable().Deletable();
            Identifier(set);
            set.Property("Name", Edm.String).Required().Writable().Personal().MaxLength(200).Description("Name, or the post", "姓名或岗位");
            // The view masks it; a filter on a masked value would still be an oracle.
            set.Property("Phone", Edm.String).Writable().Personal().NotFilterable().MaxLength(40).Description("Phone, masked when read", "电话（读取时脱敏）");
            set.Property("Unit", Edm.String).Writable().MaxLength(200).Description("Unit", "单位");
            set.Property("Post", Edm.String).Writable().MaxLength(200).Description("Post", "职务");
            set.Property("Level", words.DivisionLevel).Writable().Description("Level of responsibility", "责任层级");
            set.Property("DivisionCode", Edm.String).Required().Writable().Description("Division", "行政区划代码");
            Provenance(set);
            set.ChangesFrom("odata.person_changes", "DivisionCode");
            set.One("Division", "Divisions", "DivisionCode");
            set.Many("Responsibilities", "Responsibilities", "PersonId");
        });
        model.EntitySet("Responsibilities", "odata.responsibilities", set =>
        {
            set.Description("Who answers for a hazard or a facility, as what, from when to when", "责任分工");
            set.WriteTo("register.responsibilities").Insertable().Deletable();
            Identifier(set);
            set.Property("PersonId", Edm.Guid).Required().Creatable().Description("Person", "责任人");
            HazardOrFacility(set);
            set.Property("Role", words.Role).Required().Writable().Description("What the person answers for", "职责");
            set.Property("ValidFrom", Edm.Date).Required().Writable().Description("First day", "起始日期");
            set.Property("ValidTo", Edm.Date).Writable().Description("First day after", "终止日期");
            Provenance(set);
            set.ChangesFrom("odata.responsibility_changes", "DivisionCode", "PersonId", "HazardId", "FacilityId");
            set.One("Person", "People", "PersonId");
            set.One("Hazard", "Hazards", "HazardId");
            set.One("Facility", "Facilities", "FacilityId");
        });
    }

    private static void FieldWork(ODataModelBuilder model, RegisterWords words)
    {
        model.EntitySet("Inspections", "odata.inspections", set =>
        {
            set.Description("Visits to a hazard: evidence, therefore never deleted", "巡查记录");
            set.WriteTo("register.inspections").Insertable();
            Identifier(set);
            Hazard(set);
            set.Property("At", Edm.DateTimeOffset).Required().Creatable().Description("When", "时间");
            set.Property("InspectorId", Edm.Guid).Creatable().Description("Inspector", "巡查人");
            set.Property("Result", words.InspectionResult).Required().Writable().Description("What was found", "结果");
            set.Property("HasSign", Edm.Boolean).Writable().Description("Sign as seen; null: not looked at", "警示牌");
            set.Property("HasRing", Edm.Boolean).Writable().Description("Ring as seen", "救生圈");
            set.Property("HasRope", Edm.Boolean).Writable().Description("Rope as seen", "救生绳");
            set.Property("HasPole", Edm.Boolean).Writable().Description("Pole as seen", "救生杆");
            set.Property("Notes", Edm.String).Writable().MaxLength(4000).Description("Notes", "备注");
            set.Property("Position", Edm.GeographyPoint).Creatable().Personal().NotFilterable().Description("Where the inspector stood", "巡查位置");
            Provenance(set);
            set.ChangesFrom("odata.inspection_changes", "DivisionCode", "HazardId");
            set.One("Hazard", "Hazards", "HazardId");
            set.One("Inspector", "People", "InspectorId");
            set.Many("Photos", "Photos", "InspectionId");
        });
        model.EntitySet("Photos", "odata.photos", set =>
        {
            set.Description("Photos of an inspection: POST the picture to Inspections(id)/Photos; read it at Photos(id)/$value", "巡查照片");
            set.WriteTo("register.photos").Insertable().Deletable();
            Identifier(set);
            set.Property("InspectionId", Edm.Guid).Required().Creatable().Description("Inspection", "巡查记录");
            set.Property("DivisionCode", Edm.String).Required().Description("Division, the inspection's", "行政区划代码");
            set.Property("MediaType", Edm.String).Required().Description("Format of the picture", "图片格式");
            set.Property("SizeBytes", Edm.Int32).Required().Unit("By").Description("Size of the picture", "图片大小");
            set.Property("TakenAt", Edm.DateTimeOffset).Writable().Description("Taken", "拍摄时间");
            set.Property("CreatedAt", Edm.DateTimeOffset).Required().Description("Created", "创建时间");
            set.Version("Version").Description("Counts the changes", "版本");
            set.Media("MediaType", store: new PhotoStore(), sizeProperty: "SizeBytes", maxBytes: PhotoStore.MaxBytes, accepted: PhotoStore.Types);
            set.ChangesFrom("odata.photo_changes", "DivisionCode", "InspectionId");
            set.One("Inspection", "Inspections", "InspectionId");
        });
        model.EntitySet("Rectifications", "odata.rectifications", set =>
        {
            set.Description("Defects on their way from found to closed: evidence, therefore never deleted", "隐患整改");
            set.WriteTo("register.rectifications").Insertable();
            Identifier(set);
            HazardOrFacility(set);
            set.Property("FoundAt", Edm.DateTimeOffset).Required().Creatable().Description("Found", "发现时间");
            set.Property("Description", Edm.String).Required().Writable().MaxLength(4000).Description("Defect", "隐患描述");
            set.Property("DueOn", Edm.Date).Writable().Description("Deadline", "整改期限");
            set.Property("State", words.RectificationState).Required().Writable().Default("Found").Description("State", "整改状态");
            set.Property("AssignedToId", Edm.Guid).Writable().Description("Who puts it right", "整改责任人");
            set.Property("DoneById", Edm.Guid).Writable().Description("Who put it right", "整改人");
            set.Property("VerifiedById", Edm.Guid).Writable().Description("Who verified it: another person", "复核人");
            Provenance(set);
            set.ChangesFrom("odata.rectification_changes", "DivisionCode", "HazardId", "FacilityId");
            set.One("Hazard", "Hazards", "HazardId");
            set.One("Facility", "Facilities", "FacilityId");
            set.One("AssignedTo", "People", "AssignedToId");
            set.One("DoneBy", "People", "DoneById");
            set.One("VerifiedBy", "People", "VerifiedById");
        });
        model.EntitySet("Incidents", "odata.incidents", set =>
        {
            set.Description("Drownings and rescues; no person is named", "溺水事件");
            set.WriteTo("register.incidents").Insertable();
            Identifier(set);
            Hazard(set);
            set.Property("OccurredOn", Edm.Date).Required().Writable().Description("Day", "日期");
            set.Property("AgeBand", words.AgeBand).Required().Writable().Description("Age band", "年龄段");
            set.Property("Outcome", words.Outcome).Required().Writable().Description("Outcome", "结果");
            Provenance(set);
            set.ChangesFrom("odata.incident_changes", "DivisionCode", "HazardId");
            set.One("Hazard", "Hazards", "HazardId");
        });
    }

    private static void Identifier(EntitySetBuilder set) =>
        set.Key("Id", Edm.Guid).Creatable().Description("Time-ordered identifier; a client may make its own", "标识");

    // The division of what hangs on a hazard or a facility follows from it.
    private static void Hazard(EntitySetBuilder set)
    {
        set.Property("HazardId", Edm.Guid).Required().Creatable().Description("Hazard", "危险水域");
        set.Property("DivisionCode", Edm.String).Required().Description("Division, the hazard's", "行政区划代码");
    }

    private static void HazardOrFacility(EntitySetBuilder set)
    {
        set.Property("HazardId", Edm.Guid).Creatable().Description("Hazard; either this or FacilityId", "危险水域");
        set.Property("FacilityId", Edm.Guid).Creatable().Description("Facility; either this or HazardId", "设施");
        set.Property("DivisionCode", Edm.String).Required().Description("Division, the hazard's or the facility's", "行政区划代码");
    }

    private static void Provenance(EntitySetBuilder set)
    {
        set.Property("IsSynthetic", Edm.Boolean).Required().Description("Sample data, not real", "示例数据");
        set.Property("Source", Edm.String).Required().Description("Where the record comes from", "来源");
        Stamps(set);
    }

    private static void Stamps(EntitySetBuilder set)
    {
        set.Property("CreatedAt", Edm.DateTimeOffset).Required().Description("Created", "创建时间");
        set.Property("UpdatedAt", Edm.DateTimeOffset).Required().Description("Changed", "更新时间");
        set.Version("Version").Description("Counts the changes", "版本");
    }
}
