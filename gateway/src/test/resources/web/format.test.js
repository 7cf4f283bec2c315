import { ago, bytes, duration, interval, number, plural, radius, share, time } from "/app/format.js";
import { equal, test } from "./suite.js";

test("what is not there is a dash, never a zero", () => {
  equal([share(null), share(NaN), number(undefined), duration(null), radius({ norm: "l2", epsilon: null }), time(null), bytes(NaN)], Array(7).fill("–"));
});
test("a share has three decimals and its interval the same", () => {
  equal(share(0.8125), "0.813");
  equal(interval({ low: 0.75, high: 0.875 }), "0.750–0.875");
  equal(interval({ low: null, high: null }), "");
});
test("a duration is read without counting", () => {
  equal([0, 59, 60, 3599, 3600, 7500].map(duration), ["0 s", "59 s", "1 min", "1 h 0 min", "1 h 0 min", "2 h 5 min"]);
});
test("four digits, and an exponent only where zeros would have to be counted", () => {
  equal([0, 0.0313725, 12.5, 123456, 0.00001234, 5e7].map(number), ["0", "0.03137", "12.5", "123500", "1.23e-5", "5.00e+7"]);
});
test("a radius comes with its norm", () => {
  equal(radius({ norm: "linf", epsilon: 0.03137 }), "L∞ 0.03137");
});
test("sizes are in powers of 1024", () => {
  equal([0, 1023, 1024, 1536, 1024 ** 3].map(bytes), ["0 B", "1023 B", "1 KiB", "1.5 KiB", "1 GiB"]);
});
test("a time long past is a date", () => {
  equal(ago(0, 3_000), "just now");
  equal(ago(0, 300_000), "5 min ago");
  equal(ago("2026-11-02T10:00:00", Date.parse("2026-11-09T10:00:00")), "2026-11-02 10:00");
});
test("one gate, two gates, no gates", () => {
  equal([0, 1, 2].map(n => plural(n, "gate")), ["0 gates", "1 gate", "2 gates"]);
});
