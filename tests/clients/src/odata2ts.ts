// A program written against the client that odata2ts makes: everything it names is checked by the compiler.
import { FetchClient } from "@odata2ts/http-client-fetch";
import { QFilterExpression } from "@odata2ts/odata-query-objects";
import { EditableHazard, EditableInspection, HazardKind, HazardStatus, InspectionResult, FacilityKind } from "./odata2ts/HazardMapModel";
import { HazardMapService } from "./odata2ts/HazardMapService";
import { assert, finish, near, token, url } from "./world";

const client = new FetchClient({ headers: { Authorization: `Bearer ${token}` } });
const service = new HazardMapService(client, `${url}/odata`);
type Tagged = { "@odata.etag": string };

void finish(async () => {
  await reads();
  await writes();
  await refuses();
  await batches();
});

async function reads(): Promise<void> {
  const page = (await service.Hazards().query((builder, hazard) => builder
    .filter(hazard.Kind.in(HazardKind.Pond, HazardKind.Reservoir).and(hazard.RiskScore.ge(0)))
    .orderBy(hazard.RiskScore.desc())
    .select("Id", "Name", "Kind", "Location", "RiskScore", "LastInspectedAt")
    .expanding("Inspections", (inspections, inspection) => inspections.select("At", "Result").orderBy(inspection.At.desc()).top(1))
    .expand("Division")
    .count()
    .top(2))).data;
  assert.equal(page["@odata.count"], 2);
  assert.equal(page.value.length, 2);
  const [first] = page.value;
  assert.equal(first!.Id, near);
  assert.equal(first!.Division?.Name, "文山州");
  assert.equal((first!.Location as unknown as { type: string }).type, "Point");

  const close = (await service.Hazards().query((builder) => builder
    .filter(new QFilterExpression("geo.distance(Location,geography'SRID=4326;Point(104.2005 23.4005)') le 500")).select("Id"))).data;
  assert.deepEqual(close.value.map((x) => x.Id), [near]);

  const why = (await service.Hazards(near).ExplainRisk({})).data;
  assert.ok(why.Exposures.some((x) => x.Kind === FacilityKind.School));
  const schools = (await service.Facilities().query((builder, facility) =>
    builder.filter(facility.Name.contains("小学")).count().top(0))).data;
  assert.equal(schools["@odata.count"], 1);
}

async function writes(): Promise<void> {
  // The tool does not read Core.Computed: it would have us send what belongs to the server.
  const created = (await service.Hazards().create({
    Code: "odata2ts", Name: "类型化客户端", Kind: HazardKind.Well, DivisionCode: "5326", Location: point(104.3, 23.5),
    Shape: point(104.3, 23.5),
    HasSign: true, HasRing: false, HasRope: false, HasPole: false, HasCamera: false, Status: HazardStatus.Active,
  } as EditableHazard)).data;
  const well = service.Hazards(created.Id);
  const tag = (await well.query()).data as unknown as Tagged;
  await well.patch({ Name: "已改名", DepthMetres: 3.5 }, { headers: { "If-Match": tag["@odata.etag"] } });
  const changed = (await well.query()).data;
  assert.equal(changed.Name, "已改名");
  assert.equal(changed.DepthMetres, 3.5);
  await assert.rejects(well.patch({ Name: "x" }, { headers: { "If-Match": tag["@odata.etag"] } }), /changed since/);

  const seen = (await service.Inspections().create({
    HazardId: near, At: new Date(Date.now() - 60_000).toISOString(), Result: InspectionResult.Safe, HasRing: true, Notes: "typed client",
  } as EditableInspection)).data;
  assert.equal(seen.Result, InspectionResult.Safe);

  await well.delete({ headers: { "If-Match": (changed as unknown as Tagged)["@odata.etag"] } });
  await assert.rejects(well.query(), /no such entity/);
}

async function refuses(): Promise<void> {
  await assert.rejects(service.Hazards(near).patch({ DepthMetres: -1 }, { headers: { "If-Match": "*" } }), /DepthMetres/);
  await assert.rejects(service.People().query((builder, person) => builder.filter(person.Phone.contains("138"))), /Phone/);
}

// The tool has no batch of its own; its paths and its client serve for one in JSON: all of a group or nothing.
async function batches(): Promise<void> {
  const body = (code: string): Partial<EditableHazard> =>
    ({ Code: code, Name: "批量", Kind: HazardKind.Well, DivisionCode: "5326", Location: point(104.33, 23.53) });
  const send = async (...codes: string[]): Promise<number[]> => {
    const requests = codes.map((code, index) =>
      ({ id: `${index}`, atomicityGroup: "all", method: "POST", url: "Hazards", headers: { "Content-Type": "application/json" },
        body: body(code) }));
    const answer = await client.post<{ responses: { status: number }[] }>(`${url}/odata/$batch`, { requests });
    return answer.data.responses.map((x) => x.status);
  };
  assert.deepEqual(await send("json-1", "json-2"), [201, 201]);
  assert.ok((await send("json-3", "json-1")).some((status) => status === 409));
  const left = (await service.Hazards().query((builder, hazard) =>
    builder.filter(hazard.Code.startsWith("json-")).select("Code").orderBy(hazard.Code.asc()))).data;
  assert.deepEqual(left.value.map((x) => x.Code), ["json-1", "json-2"]);
}

// The tool takes shapes for text: OData's are GeoJSON.
function point(longitude: number, latitude: number): string {
  return { type: "Point", coordinates: [longitude, latitude] } as unknown as string;
}
