// What both clients know of the world they are run in, and how they say that something is not so.
import { strict as assert } from "node:assert";

export { assert };

export const url = need("HAZARDMAP_URL");
export const token = need("HAZARDMAP_TOKEN");
export const near = "01900000-0000-7000-8000-000000000001";

export async function finish(story: () => Promise<void>): Promise<void> {
  try {
    await story();
    console.log("all is well");
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
}

function need(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
