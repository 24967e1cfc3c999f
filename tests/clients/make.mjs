// Makes the typed clients from metadata.xml and metadata-4.0.xml in the folder named (SAP's tool takes anything but 4.0 for 2.0):
// generates them with both tools, then compiles what uses them with types checked. Usage: node make.mjs FOLDER
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2];
const tool = (name, ...args) =>
  execFileSync(process.execPath, [join(here, "node_modules/.bin", name), ...args], { cwd: here, stdio: "inherit" });

mkdirSync(join(folder, "metadata"), { recursive: true });
cpSync(join(folder, "metadata-4.0.xml"), join(folder, "metadata/HazardMap.xml"));
tool("odata2ts", "-s", join(folder, "metadata.xml"), "-o", join(folder, "odata2ts"), "-m", "service", "-e", "ts");
const service = {
  [relative(here, join(folder, "metadata/HazardMap.xml"))]: { directoryName: "HazardMap", packageName: "hazardmap", basePath: "/odata" },
};
writeFileSync(join(folder, "services.json"), JSON.stringify(service));
tool("generate-odata-client", "--optionsPerService", join(folder, "services.json"), "--input", join(folder, "metadata"),
  "--outputDir", join(folder, "sap"), "--overwrite", "--skipValidation", "--transpile=false");
cpSync(join(here, "src"), folder, { recursive: true });
writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({
  extends: join(here, "tsconfig.json"), compilerOptions: { rootDir: ".", outDir: "js" }, files: ["odata2ts.ts", "sap.ts"],
}));
tool("tsc", "--project", folder);
