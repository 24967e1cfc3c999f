// Validates an OpenAPI description against the standard's own schema, resolves every reference, and wants every operation named once.
// Usage: node openapi.mjs FILE
import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";

const document = JSON.parse(readFileSync(process.argv[2], "utf8"));
const result = await new Validator().validate(structuredClone(document));
if (!result.valid) throw new Error(JSON.stringify(result.errors, null, 1).slice(0, 4000));

const ids = new Set();
for (const [path, item] of Object.entries(document.paths)) {
  for (const operation of Object.values(item)) {
    if (!operation.operationId) continue;
    if (ids.has(operation.operationId)) throw new Error(`${operation.operationId} is there twice, again at ${path}`);
    ids.add(operation.operationId);
  }
}
(function follow(node) {
  if (!node || typeof node !== "object") return;
  if (typeof node.$ref === "string") {
    let target = document;
    for (const part of node.$ref.slice(2).split("/")) target = target?.[part];
    if (!target) throw new Error(`${node.$ref} leads nowhere`);
  }
  Object.values(node).forEach(follow);
})(document);
console.log(`${ids.size} operations`);
