// A form's fields, read from the API's own description. Pure.

/** Filled in from the data set, or the address of an object in the store: no field for a person. */
const LEFT_OUT = new Set(["initialWeights", "normalization.mean", "normalization.deviation"]);

/**
 * The fields of a schema, in its order: {path, name, kind: "choice" | "truth" | "whole" | "number" | "numbers" | "text", choices, least, above
 * (itself not allowed), most, usual, help, required}. A nested schema's fields follow under its name.
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
      least: property.minimum ?? null,
      above: property.exclusiveMinimum ?? null,
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
    case "whole": case "number": return within(field, given);
    case "numbers": {
      // nothing between two commas is no zero
      const parts = given.split(",").map(part => part.trim());
      return parts.every(isNumber) ? { value: parts.map(Number) } : { wrong: "numbers, separated by commas" };
    }
    default: return { value: given };
  }
}

/** As people write it: "0.5", "1e-3". JavaScript also reads "" and "0x10". */
const isNumber = text => /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) && Number.isFinite(Number(text));

function within(field, given) {
  const { kind, least, above, most } = field;
  const value = Number(given);
  // a larger whole number would be another one
  const isOfItsKind = kind === "whole" ? /^-?\d+$/.test(given) && Number.isSafeInteger(value) : isNumber(given);
  const isTooSmall = (least !== null && value < least) || (above !== null && value <= above);
  if (isOfItsKind && !isTooSmall && (most === null || value <= most)) return { value };
  return { wrong: [kind === "whole" ? "a whole number" : "a number", rangeOf(field)].filter(Boolean).join(" ") };
}

/** "from 1 to 10000", "of at least 1"; empty where there is no limit. */
function rangeOf({ least, above, most }) {
  if (above !== null) return most !== null ? `above ${above}, at most ${most}` : `above ${above}`;
  if (least !== null && most !== null) return `from ${least} to ${most}`;
  if (least !== null) return `of at least ${least}`;
  return most !== null ? `of at most ${most}` : "";
}

/** "1 to 10000, 15 when empty." */
export function limitsText(field) {
  const { kind, usual } = field;
  const range = ["whole", "number"].includes(kind) ? rangeOf(field).replace(/^(from|of) /, "") : "";
  const empty = usual === null || kind === "choice" || kind === "truth" ? "" : `${Array.isArray(usual) ? usual.join(", ") : usual} when empty`;
  return [range, empty].filter(Boolean).join(", ");
}
