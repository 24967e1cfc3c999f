// A program written against the client that SAP's Cloud SDK makes: everything it names is checked by the compiler.
import type { HttpDestination } from "@sap-cloud-sdk/connectivity";
import { and, desc } from "@sap-cloud-sdk/odata-v4";
import { batch, changeset, FacilityKind, HazardKind, hazardMap } from "./sap/HazardMap";
import { assert, finish, near, token, url } from "./world";

const destination: HttpDestination = { url, authentication: "NoAuthentication", headers: { Authorization: `Bearer ${token}` } };
const { hazardsApi: hazards, inspectionsApi: inspections, facilitiesApi: facilities } = hazardMap();

void finish(async () => {
  await reads();
  await writes();
  await batches();
});

async function reads(): Promise<void> {
  const page = await hazards.requestBuilder().getAll()
    .filter(and(hazards.schema.KIND.equals(HazardKind.Pond), hazards.schema.RISK_SCORE.greaterOrEqual(0)))
    .orderBy(desc(hazards.schema.RISK_SCORE))
    .top(5)
    .execute(destination);
  assert.equal(page[0]!.id, near);
  assert.equal(page[0]!.location.type, "Point");

  const one = await hazards.requestBuilder().getByKey(near).select(hazards.schema.NAME)
    .expand(hazards.schema.DIVISION, hazards.schema.INSPECTIONS).execute(destination);
  assert.equal(one.name, "校旁池塘");
  assert.equal(one.division?.name, "文山州");
  assert.ok(Array.isArray(one.inspections));

  const schools = facilities.requestBuilder().getAll().filter(facilities.schema.KIND.equals(FacilityKind.School));
  assert.equal(await schools.count().execute(destination), 1);
}

async function writes(): Promise<void> {
  const well = hazards.entityBuilder().code("sap").name("云端客户端").kind(HazardKind.Well).divisionCode("5326")
    .location({ type: "Point", coordinates: [104.31, 23.51] }).build();
  const created = await hazards.requestBuilder().create(well).skipCsrfTokenFetching().execute(destination);
  assert.equal(created.status, "Active");
  assert.ok(created.versionIdentifier);

  created.name = "已改名";
  const changed = await hazards.requestBuilder().update(created).skipCsrfTokenFetching().execute(destination);
  assert.equal(changed.name, "已改名");

  created.name = "过期";
  (created as unknown as { _versionIdentifier: string })._versionIdentifier = 'W/"0"';
  await assert.rejects(hazards.requestBuilder().update(created).skipCsrfTokenFetching().execute(destination));

  const read = await hazards.requestBuilder().getByKey(changed.id).execute(destination);
  await hazards.requestBuilder().delete(read).skipCsrfTokenFetching().execute(destination);
  await assert.rejects(hazards.requestBuilder().getByKey(changed.id).execute(destination));

  const list = await inspections.requestBuilder().getAll().top(1).execute(destination);
  assert.ok(list.length <= 1);
}

// multipart/mixed: a read, then two writes of which the second cannot be, so neither is.
async function batches(): Promise<void> {
  const well = (code: string) => hazards.entityBuilder().code(code).name("批量").kind(HazardKind.Well).divisionCode("5326")
    .location({ type: "Point", coordinates: [104.32, 23.52] }).build();
  const create = (code: string) => hazards.requestBuilder().create(well(code));
  const byCode = (code: string) => hazards.requestBuilder().getAll().filter(hazards.schema.CODE.equals(code));

  const [read, made] = await batch(byCode("near"),
    changeset(create("batch-1"), create("batch-2"))).skipCsrfTokenFetching().execute(destination);
  assert.ok(read!.isSuccess() && made!.isSuccess());
  assert.equal((await byCode("batch-2").execute(destination)).length, 1);

  const [refused] = await batch(changeset(create("batch-3"), create("batch-1"))).skipCsrfTokenFetching().execute(destination);
  assert.ok(refused!.isError());
  assert.equal((await byCode("batch-3").execute(destination)).length, 0);
}
