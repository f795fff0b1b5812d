// Turns the GeoJSON that cut.txt prints into basemap.json: paths for SVG, and their source.
//
// Usage: mapshaper cut.txt | node write.mjs FILE

import { readFileSync, writeFileSync } from "node:fs";

const read = (file) => JSON.parse(readFileSync(file, "utf8"));
const { here, beside, elsewhere, parallel, ...frame } = read("frame.json");
const { width, height, k, lon0, lat1 } = frame;
const versions = read("package.json").devDependencies;
const { features } = read(0); // standard input

const DISPUTED = "IND-PAK"; // the line of control in Kashmir

// In SVG y grows downwards, and Z leads back to the first point, which need not be said twice.
const line = (points) => `M${points.map(([x, y]) => `${x},${-y}`).join(" ")}`;
const ring = (points) => `${line(points.slice(0, -1))}Z`;
const path = {
  LineString: (points) => line(points),
  MultiLineString: (lines) => lines.map(line).join(""),
  Polygon: (rings) => rings.map(ring).join(""),
  MultiPolygon: (polygons) => polygons.flat().map(ring).join(""),
};
const d = ({ type, coordinates }) => path[type](coordinates);

const dry = features.filter((feature) => !feature.properties.water);
const all = (type) => dry.filter((feature) => feature.geometry.type.endsWith(type));
const water = (kind) =>
  features
    .filter(({ properties, geometry }) => properties.water === kind && geometry)
    .map(({ properties: { name }, geometry }) => ({ name, d: d(geometry) }));
const labels = new Map(all("Point").map((f) => [f.properties.id, f.geometry.coordinates]));
const countries = all("Polygon").map(({ properties: { id, name }, geometry }) => {
  const [x, y] = labels.get(id);
  return { id, name, label: [x, -y], d: d(geometry) };
});
const borders = all("LineString").map(({ properties: { between }, geometry }) => {
  const disputed = between === DISPUTED ? { disputed: true } : {};
  return { between: between.split("-"), ...disputed, d: d(geometry) };
});

const east = (lon0 + width / k / Math.cos((parallel * Math.PI) / 180)).toFixed(2);
const south = (lat1 - height / k).toFixed(2);
const source = {
  data: "Natural Earth 4.1.0, Admin 0 countries, 1:10m (public domain)",
  water:
    "Natural Earth, rivers, lake centrelines and lakes, 1:10m (public domain), as converted to " +
    "GeoJSON by martynafford/natural-earth-geojson (GitHub) on 24 January 2024; the larger ones " +
    "of this frame",
  package: `world-atlas ${versions["world-atlas"]} (npm), file countries-10m.json`,
  made_with: `mapshaper ${versions.mapshaper} (npm), commands in scripts/pages/basemap/cut.txt`,
  projection: "equirectangular: x = (lon - lon0) * cos(parallel) * k, y = (lat1 - lat) * k",
  parallel,
  cut: `clipped to the frame: lon ${lon0} to ${east}, lat ${south} to ${lat1}`,
  simplified:
    `Visvalingam, interval in pixels: ${here} for the Afghan-Tajik border and its rivers, ` +
    `${beside} for the other borders of these two and for lakes, ${elsewhere} for the rest; ` +
    "enclaves too small for that left out; rounded to 0.1 pixel",
  note:
    "Natural Earth shows borders as controlled on the ground. The line between India and " +
    "Pakistan in this frame is the disputed line of control in Kashmir.",
};

// One line per country and border keeps a change of the file readable.
const list = (rows) => `[\n${rows.map((row) => `    ${JSON.stringify(row)}`).join(",\n")}\n  ]`;
const value = (item) => (Array.isArray(item) ? list(item) : JSON.stringify(item));
const entries = Object.entries({
  source,
  ...frame,
  countries,
  borders,
  rivers: water("river"),
  lakes: water("lake"),
});
const text = entries.map(([key, item]) => `  "${key}": ${value(item)}`).join(",\n");
writeFileSync(process.argv[2], `{\n${text}\n}\n`);
