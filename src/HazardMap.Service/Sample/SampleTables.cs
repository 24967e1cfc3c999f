using HazardMap.Register;
using HazardMap.Service.Database;

namespace HazardMap.Service.Sample;

/// <summary>Which columns of the register the sample fills, and with what.</summary>
internal static class SampleTables
{
    public static readonly CopyTable<SampleDivision> Divisions = new CopyTable<SampleDivision>("divisions")
        .Text("code", d => d.Code).Text("name", d => d.Name).Word("level", d => d.Level).Text("parent_code", d => d.ParentCode)
        .Shape("boundary", d => d.Boundary).Shape("centre", d => d.Centre)
        .Whole("population", d => d.Population).Whole("children", d => d.Children).Whole("elders", d => d.Elders)
        .Text("residence", d => d.Residence?.ToString())
        .Flag("is_synthetic", _ => true).Text("source", d => d.Source);

    public static readonly CopyTable<FrameRiver> Rivers = new CopyTable<FrameRiver>("rivers")
        .Text("name", _ => null).Text("kind", r => r.Kind).Shape("geom", r => r.Line)
        .Text("source", _ => "GSHHG/WDBII 2.3.7, LGPL-3.0-or-later");

    public static readonly CopyTable<FramePlace> Places = new CopyTable<FramePlace>("places")
        .Text("name", p => p.NameZh ?? p.Name).Text("name_latin", p => p.Name).Text("kind", p => p.Kind)
        .Whole("population", p => p.Population).Shape("location", p => Ewkb.Factory.CreatePoint(p.At))
        .Text("source", _ => "GeoNames, CC BY 4.0");

    public static readonly CopyTable<SampleHazard> Hazards = new CopyTable<SampleHazard>("hazards")
        .Id("id", h => h.Id).Text("code", h => h.Code).Text("name", h => h.Name).Word("kind", h => h.Kind).Shape("shape", h => h.Shape)
        .Text("division_code", h => h.DivisionCode).Number("depth_metres", h => h.Ledger.DepthMetres)
        .Word("flow", h => h.Ledger.Flow).Word("bank", h => h.Ledger.Bank).Word("access", h => h.Ledger.Access)
        .Flag("has_sign", h => h.Ledger.HasSign).Flag("has_ring", h => h.Ledger.HasRing).Flag("has_rope", h => h.Ledger.HasRope)
        .Flag("has_pole", h => h.Ledger.HasPole).Flag("has_camera", h => h.Ledger.HasCamera)
        .Text("owner_unit", h => h.Ledger.OwnerUnit).Word("status", h => h.Ledger.Status)
        .Time("last_inspected_at", h => h.Ledger.LastInspectedAt)
        .MadeUp();

    public static readonly CopyTable<SampleFacility> Facilities = new CopyTable<SampleFacility>("facilities")
        .Id("id", f => f.Id).Text("code", f => f.Code).Text("name", f => f.Name).Word("kind", f => f.Kind).Shape("location", f => f.At)
        .Text("division_code", f => f.DivisionCode).Whole("capacity", f => f.Capacity).Whole("under5", f => f.Under5)
        .Whole("aged_5_to_14", f => f.Aged5To14).Whole("aged_60_plus", f => f.Aged60Plus)
        .Text("stages", f => f.Stages?.ToString()).Whole("boarders", f => f.Boarders).Whole("places", f => f.Pool?.Places)
        .Text("open_from", f => f.Pool?.OpenFrom).Text("open_to", f => f.Pool?.OpenTo).Whole("turns", f => f.Pool?.Turns)
        .Flag("counts_estimated", _ => true).Word("status", f => f.Status).MadeUp();

    public static readonly CopyTable<SampleSettlement> Settlements = new CopyTable<SampleSettlement>("settlements")
        .Id("id", s => s.Id).Text("code", s => s.Code).Text("name", s => s.Name).Word("kind", _ => SettlementKind.Place)
        .Shape("location", s => s.At).Text("division_code", s => s.DivisionCode).Number("weight", s => s.People).MadeUp();

    public static readonly CopyTable<SamplePost> People = new CopyTable<SamplePost>("people")
        .Id("id", p => p.Id).Text("name", p => p.Name).Text("unit", p => p.Unit).Text("post", p => p.Post).Word("level", p => p.Level)
        .Text("division_code", p => p.DivisionCode).MadeUp();

    public static readonly CopyTable<SampleResponsibility> Responsibilities = new CopyTable<SampleResponsibility>("responsibilities")
        .Id("id", r => r.Id).Id("person_id", r => r.PersonId).Id("hazard_id", r => r.HazardId).Id("facility_id", r => r.FacilityId)
        .Word("role", r => r.Role).Text("division_code", r => r.DivisionCode)
        .Day("valid_from", r => r.ValidFrom).Day("valid_to", r => r.ValidTo).MadeUp();

    public static readonly CopyTable<SampleInspection> Inspections = new CopyTable<SampleInspection>("inspections")
        .Id("id", i => i.Id).Id("hazard_id", i => i.HazardId).Text("division_code", i => i.DivisionCode).Time("at", i => i.At)
        .Id("inspector_id", i => i.InspectorId).Word("result", i => i.Result)
        .Flag("has_sign", i => i.HasSign).Flag("has_ring", i => i.HasRing).Flag("has_rope", i => i.HasRope).Flag("has_pole", i => i.HasPole)
        .Text("notes", i => i.Notes).Shape("position", i => i.Position).MadeUp();

    public static readonly CopyTable<SampleRectification> Rectifications = new CopyTable<SampleRectification>("rectifications")
        .Id("id", r => r.Id).Id("hazard_id", r => r.HazardId).Text("division_code", r => r.DivisionCode).Time("found_at", r => r.FoundAt)
        .Text("description", r => r.Description).Day("due_on", r => r.DueOn).Word("state", r => r.State)
        .Id("assigned_to_id", r => r.AssignedToId).Id("done_by_id", r => r.DoneById).Id("verified_by_id", r => r.VerifiedById).MadeUp();

    public static readonly CopyTable<SampleIncident> Incidents = new CopyTable<SampleIncident>("incidents")
        .Id("id", i => i.Id).Id("hazard_id", i => i.HazardId).Text("division_code", i => i.DivisionCode)
        .Day("occurred_on", i => i.OccurredOn)
        .Text("age_band", i => i.AgeBand).Text("outcome", i => i.Outcome).MadeUp();
}
