// Tiles in GCJ-02 (高德、腾讯) under positions in WGS-84: a tile is put together from the four that lie under it.
const TILE = 256;
const WEST = 72.004, EAST = 137.8347, SOUTH = 0.8293, NORTH = 55.8271;
const AXIS = 6378245, ECCENTRICITY = 0.00669342162296594323; // the series of huying.geo.datums
const { PI, sin, cos, sqrt, abs, tan, log, atan, sinh, floor, round } = Math;

export async function tile({ url }, { signal }) {
  const [address, place] = url.slice("gcj02://".length).split("#");
  const [z, x, y] = place.split("/").map(Number);
  const side = 2 ** z;
  const [left, top] = cellOf(...fromWgs(...positionOf((x + 0.5) / side, (y + 0.5) / side))).map((share) => share * side - 0.5);
  const canvas = new OffscreenCanvas(TILE, TILE), pen = canvas.getContext("2d");
  const under = [0, 1].flatMap((right) => [0, 1].map((down) => [floor(left) + right, floor(top) + down]));
  await Promise.all(under.map(async ([column, line]) => {
    const filled = decodeURIComponent(address).replaceAll("{z}", z).replaceAll("{x}", column).replaceAll("{y}", line);
    const answer = await fetch(filled, { signal });
    if (!answer.ok) return;
    pen.drawImage(await createImageBitmap(await answer.blob()), round((column - left) * TILE), round((line - top) * TILE), TILE, TILE);
  }));
  return { data: await (await canvas.convertToBlob()).arrayBuffer() };
}

// Shares of the square of web Mercator, from its north-western corner.
const positionOf = (x, y) => [x * 360 - 180, (atan(sinh(PI * (1 - 2 * y))) * 180) / PI];
const cellOf = (lon, lat) => [(lon + 180) / 360, (1 - log(tan(PI / 4 + (lat * PI) / 360)) / PI) / 2];

export function fromWgs(lon, lat) {
  if (lon < WEST || lon > EAST || lat < SOUTH || lat > NORTH) return [lon, lat];
  const x = lon - 105, y = lat - 35, root = sqrt(abs(x));
  const quick = 20 * sin(6 * x * PI) + 20 * sin(2 * x * PI);
  const east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + ((quick + waves(x, 150)) * 2) / 3;
  const north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + ((quick + waves(y, 160)) * 2) / 3;
  const phi = (lat * PI) / 180, bend = 1 - ECCENTRICITY * sin(phi) ** 2;
  const across = (AXIS / sqrt(bend)) * cos(phi), along = (AXIS * (1 - ECCENTRICITY)) / (bend * sqrt(bend));
  return [lon + ((east / across) * 180) / PI, lat + ((north / along) * 180) / PI];
}

const waves = (axis, far) => 20 * sin(axis * PI) + 40 * sin((axis / 3) * PI) + far * sin((axis / 12) * PI) + 2 * far * sin((axis / 30) * PI);
