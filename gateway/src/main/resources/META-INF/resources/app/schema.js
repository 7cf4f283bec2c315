// A form's fields, read from the API's own description. Pure.

/** Filled in from the data set, or the address of an object in the store: no field for a person. */
const LEFT_OUT = new Set(["initialWeights", "normalization.mean", "normalization.deviation"]);

/**
 * The fields of a schema, in its order: {path, name, kind: "choice" | "truth" | "whole" | "number" | "numbers" | "text", choices, least, most,
 * usual, help, required}. A nested schema's fields follow under its name.
 */
export function fieldsOf(schemas, schemaName, defaults = {}, prefix = "") {
  const schema = schemas[schemaName] ?? {};
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const path = `${prefix}${name}`;
    if (LEFT_OUT.has(path)) return [];
    const nested = refOf(property);
    if (nested) return nested === "ObjectRef" ? [] : fieldsOf(schemas, nested, defaults[name] ?? {}, `${path}.`);
    return [{
      path,
      name,
      kind: kindOf(property),
      choices: property.enum?.filter(one => one !== null) ?? null,
      least: property.minimum ?? property.exclusiveMinimum ?? null,
      most: property.maximum ?? null,
      usual: defaults[name] ?? property.default ?? null,
      help: property.description ?? "",
      required: (schema.required ?? []).includes(name),
    }];
  });
}

/** A reference stands alone, or beside null where the field may be absent. */
function refOf(property) {
  const found = property.$ref ?? [...property.anyOf ?? [], ...property.allOf ?? [], ...property.oneOf ?? []].find(one => one.$ref)?.$ref;
  return found?.split("/").at(-1) ?? null;
}

function kindOf(property) {
  if (property.enum) return "choice";
  const types = [property.type].flat();
  if (types.includes("boolean")) return "truth";
  if (types.includes("integer")) return "whole";
  if (types.includes("number")) return "number";
  return types.includes("array") ? "numbers" : "text";
}

/**
 * What a field's text means: null for nothing, which leaves the default.
 *
 * @return {value} or {wrong: why it is refused}
 */
export function valueOf(field, text) {
  const given = text.trim();
  if (given === "") return { value: null };
  switch (field.kind) {
    case "truth": return { value: given === "true" };
    case "whole": case "number": return within(field, Number(given), given);
    case "numbers": {
      const values = given.split(",").map(part => Number(part.trim()));
      return values.every(Number.isFinite) ? { value: values } : { wrong: "numbers, separated by commas" };
    }
    default: return { value: given };
  }
}

function within({ kind, least, most }, value, given) {
  const whole = kind === "whole" ? "a whole number" : "a number";
  const limits = least !== null && most !== null ? `${whole} from ${least} to ${most}` : whole;
  if (!Number.isFinite(value) || (kind === "whole" && !/^-?\d+$/.test(given))) return { wrong: limits };
  return (least !== null && value < least) || (most !== null && value > most) ? { wrong: limits } : { value };
}

/** "1 to 10000, 15 when empty." */
export function limitsText({ kind, least, most, usual }) {
  const range = ["whole", "number"].includes(kind) && least !== null && most !== null ? `${least} to ${most}` : "";
  const empty = usual === null || kind === "choice" || kind === "truth" ? "" : `${Array.isArray(usual) ? usual.join(", ") : usual} when empty`;
  return [range, empty].filter(Boolean).join(", ");
}
