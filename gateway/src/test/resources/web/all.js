import "./asked.test.js";
import "./choosing.test.js";
import "./charts.test.js";
import "./element.test.js";
import "./figures.test.js";
import "./format.test.js";
import "./importing.test.js";
import "./keeping.test.js";
import "./live.test.js";
import "./pages.test.js";
import "./schema.test.js";
import "./specification.test.js";
import "./training.test.js";
import { outcomes } from "./suite.js";

globalThis.results = await outcomes();
