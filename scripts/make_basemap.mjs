#!/usr/bin/env node
// Makes basemap.json: the countries and borders behind the drawn map.
//
// Needs (development only, nothing of this is shipped with the site):
//   Node 18 or later; npm install world-atlas@2.0.2 topojson-client@3.1.0
// Usage:
//   node make_basemap.mjs [output file, by default basemap.json]
//
// Data: Natural Earth 4.1.0, Admin 0 countries, 1:10m (public domain), as packed
// in world-atlas 2.0.2 (countries-10m.json; the package itself is ISC-licensed).
// Natural Earth draws borders as they are controlled on the ground.
//
// Projection: equirectangular with the standard parallel 37.5° N,
//   x = (lon - LON0) * cos(37.5°) * K      y = (LAT1 - lat) * K
// in pixels of a frame WIDTH × HEIGHT; everything is clipped to that frame.
//
// Simplification: shared border lines are simplified once (Visvalingam), so that
// neighbours and border lines always fit. A corner goes when its triangle with the
// corners beside it is smaller than the limit of its line (see `limit` below).

import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { mesh } from "topojson-client";

const world = createRequire(import.meta.url)("world-atlas/countries-10m.json");

const LON0 = 59.5;
const LAT1 = 41.5;
const PARALLEL = 37.5;
const K = 58.05;
const WIDTH = 760;
const HEIGHT = 494;
// limits of the simplification in square pixels
const limit = (pair) =>
  pair === "AFG-TJK" ? 0.6 : /AFG|TJK/.test(pair) ? 5 : 15;
const SMALLEST = 6; // pieces of a country below so many square pixels are left out

// id in world-atlas (ISO 3166-1 numeric): our id, name, label position (lon, lat)
const COUNTRIES = {
  "004": ["AFG", "Afghanistan", [66.2, 34.7]],
  "156": ["CHN", "China", [75.2, 38.6]],
  "356": ["IND", "India", [75.4, 33.5]],
  "364": ["IRN", "Iran", [60.2, 35.6]],
  "398": ["KAZ", "Kazakhstan", [67.5, 41.33]],
  "417": ["KGZ", "Kyrgyzstan", [74.2, 41.0]],
  "586": ["PAK", "Pakistan", [71.6, 33.5]],
  "762": ["TJK", "Tajikistan", [72.9, 38.45]],
  "795": ["TKM", "Turkmenistan", [61.9, 37.9]],
  "860": ["UZB", "Uzbekistan", [65.0, 40.1]],
};
const DISPUTED = ["IND-PAK"]; // the line of control in Kashmir

const cosine = Math.cos((PARALLEL * Math.PI) / 180);
const project = ([lon, lat]) => [(lon - LON0) * cosine * K, (LAT1 - lat) * K];

// --- simplify each arc of the topology --------------------------------------
const triangle = (a, b, c) =>
  Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2;

function simplify(points, smallest) {
  const kept = points.slice();
  // a closed arc (an island or an enclave) must keep at least a triangle
  const closed = kept[0][0] === kept.at(-1)[0] && kept[0][1] === kept.at(-1)[1];
  while (kept.length > (closed ? 4 : 2)) {
    let best = smallest;
    let at = -1;
    for (let i = 1; i < kept.length - 1; i++) {
      const area = triangle(kept[i - 1], kept[i], kept[i + 1]);
      if (area < best) [best, at] = [area, i];
    }
    if (at < 0) break;
    kept.splice(at, 1);
  }
  return kept;
}

const MARGIN = 60; // pixels around the frame
const near = (p) =>
  p[0] > -MARGIN && p[0] < WIDTH + MARGIN && p[1] > -MARGIN && p[1] < HEIGHT + MARGIN;

const { scale, translate } = world.transform;
const raw = world.arcs.map((arc) => {
  let x = 0;
  let y = 0;
  return arc.map(([dx, dy]) => {
    x += dx;
    y += dy;
    return project([x * scale[0] + translate[0], y * scale[1] + translate[1]]);
  });
});

const shapes = world.objects.countries.geometries.filter((g) => COUNTRIES[g.id]);
const owners = new Map(); // arc number: ids of the countries along it
for (const shape of shapes)
  for (const index of shape.arcs.flat(Infinity)) {
    const number = index < 0 ? ~index : index;
    if (!owners.has(number)) owners.set(number, new Set());
    owners.get(number).add(COUNTRIES[shape.id][0]);
  }
const pair = (number) => [...owners.get(number)].sort().join("-");

const arcs = raw.map((points, number) => {
  if (!owners.has(number)) return points;
  // far outside the frame nothing is seen of a line: every 40th point will do
  if (!points.some(near)) return points.filter((_, i) => i % 40 === 0 || i === points.length - 1);
  return simplify(points, limit(pair(number)));
});
const topology = { type: "Topology", arcs, objects: { countries: { type: "GeometryCollection", geometries: shapes } } };

// --- clip to the frame -------------------------------------------------------
const SIDES = [
  [(p) => p[0] >= 0, (a, b) => cut(a, b, 0, 0)],
  [(p) => p[0] <= WIDTH, (a, b) => cut(a, b, 0, WIDTH)],
  [(p) => p[1] >= 0, (a, b) => cut(a, b, 1, 0)],
  [(p) => p[1] <= HEIGHT, (a, b) => cut(a, b, 1, HEIGHT)],
];
function cut(a, b, axis, value) {
  const t = (value - a[axis]) / (b[axis] - a[axis]);
  const p = [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
  p[axis] = value;
  return p;
}

function clipRing(ring) {
  let points = ring.slice(0, -1);
  for (const [inside, meet] of SIDES) {
    const next = [];
    points.forEach((p, i) => {
      const before = points[(i + points.length - 1) % points.length];
      if (inside(p) !== inside(before)) next.push(meet(before, p));
      if (inside(p)) next.push(p);
    });
    points = next;
  }
  return points;
}

function clipLine(line) {
  let pieces = [line];
  for (const [inside, meet] of SIDES) {
    const next = [];
    for (const piece of pieces) {
      let run = [];
      piece.forEach((p, i) => {
        const before = piece[i - 1];
        if (before && inside(p) !== inside(before)) {
          run.push(meet(before, p));
          if (!inside(p)) {
            next.push(run);
            run = [];
          }
        }
        if (inside(p)) run.push(p);
      });
      if (run.length > 1) next.push(run);
    }
    pieces = next;
  }
  return pieces;
}

// --- write paths -------------------------------------------------------------
const round = (v) => Math.round(v * 10) / 10 + 0;
const area = (ring) =>
  Math.abs(ring.reduce((sum, p, i) => {
    const q = ring[(i + 1) % ring.length];
    return sum + p[0] * q[1] - q[0] * p[1];
  }, 0)) / 2;

function path(points, closed) {
  const steps = [];
  for (const p of points) {
    const step = `${round(p[0])},${round(p[1])}`;
    if (step !== steps.at(-1)) steps.push(step);
  }
  if (closed && steps[0] === steps.at(-1)) steps.pop();
  if (steps.length < (closed ? 3 : 2)) return "";
  return `M${steps.join(" ")}${closed ? "Z" : ""}`;
}

// the line through the arcs of a ring; neighbouring arcs share their end point
function ringOf(indexes) {
  const points = [];
  for (const index of indexes) {
    const arc = index < 0 ? arcs[~index].slice().reverse() : arcs[index];
    points.push(...(points.length ? arc.slice(1) : arc));
  }
  return points;
}

const countries = shapes
  .map((shape) => {
    const [id, name, label] = COUNTRIES[shape.id];
    const polygons = shape.type === "Polygon" ? [shape.arcs] : shape.arcs;
    const d = polygons
      .flat()
      .map((ring) => clipRing(ringOf(ring)))
      .filter((ring) => ring.length > 2 && area(ring) >= SMALLEST)
      .map((ring) => path(ring, true))
      .join("");
    return { id, name, label: project(label).map(round), d };
  })
  .filter((country) => country.d)
  .sort((a, b) => (a.id < b.id ? -1 : 1));

const pairs = [...new Set([...owners.keys()].map(pair))].filter((p) => p.includes("-")).sort();
const borders = pairs
  .map((between) => {
    const lines = mesh(topology, topology.objects.countries, (a, b) =>
      a !== b && [a, b].map((g) => COUNTRIES[g.id][0]).sort().join("-") === between);
    const d = lines.coordinates
      .flatMap(clipLine)
      .filter((line) => line[0].join() !== line.at(-1).join() || area(line) >= SMALLEST)
      .map((line) => path(line, false))
      .join("");
    return { between: between.split("-"), ...(DISPUTED.includes(between) ? { disputed: true } : {}), d };
  })
  .filter((border) => border.d);

const result = {
  source: {
    data: "Natural Earth 4.1.0, Admin 0 countries, 1:10m (public domain)",
    package: "world-atlas 2.0.2 (npm), file countries-10m.json",
    made_with: "make_basemap.mjs; topojson-client 3.1.0",
    projection: "equirectangular: x = (lon - lon0) * cos(parallel) * k, y = (lat1 - lat) * k",
    parallel: PARALLEL,
    cut: `clipped to the frame: lon ${LON0} to ${(LON0 + WIDTH / K / cosine).toFixed(2)}, lat ${(LAT1 - HEIGHT / K).toFixed(2)} to ${LAT1}`,
    simplified: `Visvalingam, limits in square pixels: ${limit("AFG-TJK")} for the Afghan-Tajik border, ${limit("AFG")} for the other borders of these two, ${limit("")} for the rest; pieces below ${SMALLEST} square pixels left out; rounded to 0.1 pixel`,
    note: "Natural Earth shows borders as controlled on the ground. The line between India and Pakistan in this frame is the disputed line of control in Kashmir. No rivers are drawn.",
  },
  width: WIDTH,
  height: HEIGHT,
  k: K,
  lon0: LON0,
  lat1: LAT1,
  countries,
  borders,
};
const block = (list) => `[\n${list.map((item) => "    " + JSON.stringify(item)).join(",\n")}\n  ]`;
const text = `{\n${Object.entries(result)
  .map(([key, value]) => `  ${JSON.stringify(key)}: ${Array.isArray(value) ? block(value) : JSON.stringify(value)}`)
  .join(",\n")}\n}\n`;
const file = process.argv[2] ?? "basemap.json";
writeFileSync(file, text);
console.log(`${file}: ${text.length} bytes, ${countries.length} countries, ${borders.length} borders`);
