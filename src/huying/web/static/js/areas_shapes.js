// Positions, lines and corners of areas; nothing here knows the map.
const SAME = 2e-7; // degrees, about two centimetres

export function linesOf(geometry) {
  return geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat();
}

export function readPairs(text) {
  return text.split(/[;；\n]/).map((line) => line.trim().split(/[,，\s]+/).map(Number)).filter((pair) => pair.length === 2 && pair.every(Number.isFinite));
}

export function shapeOf(pairs, kind) {
  const features = pairs.map((pair) => ({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: pair } }));
  if (pairs.length > 1) features.push({ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: pairs } });
  if (kind === "draw" && pairs.length > 2) features.push({ type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [[...pairs, pairs[0]]] } });
  return features;
}

// The corner nearest to a pixel, else the foot on the nearest border; null beyond reach.
export function cornerNear(areas, pixel, project, reach) {
  let corner = null, foot = null, nearest = reach, closest = reach;
  for (const line of areas.features.flatMap((area) => linesOf(area.geometry))) {
    const spots = line.map(project);
    for (const [index, spot] of spots.entries()) {
      const far = Math.hypot(spot.x - pixel.x, spot.y - pixel.y);
      if (far < nearest) [corner, nearest] = [line[index], far];
      if (!index) continue;
      const on = footOn(spots[index - 1], spot, pixel);
      const gap = Math.hypot(on.x - pixel.x, on.y - pixel.y);
      if (gap < closest) [foot, closest] = [between(line[index - 1], line[index], on.share), gap];
    }
  }
  return corner ?? foot;
}

const between = (start, end, share) => [start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share];

function footOn(start, end, pixel) {
  const x = end.x - start.x, y = end.y - start.y;
  const share = Math.max(0, Math.min(1, ((pixel.x - start.x) * x + (pixel.y - start.y) * y) / (x * x + y * y || 1)));
  return { x: start.x + x * share, y: start.y + y * share, share };
}

const same = (one, other) => Math.abs(one[0] - other[0]) < SAME && Math.abs(one[1] - other[1]) < SAME;

// Whether a position lies on the border between two corners, nearer than two centimetres.
function onBorder(start, end, pair) {
  const on = footOn({ x: start[0], y: start[1] }, { x: end[0], y: end[1] }, { x: pair[0], y: pair[1] });
  return Math.hypot(on.x - pair[0], on.y - pair[1]) < SAME;
}

// The areas with whatever meets at a corner moved along, for looking at while it is dragged.
export function moved(areas, start, end) {
  const bent = (line) => {
    if (line.some((pair) => same(pair, start))) return line.map((pair) => (same(pair, start) ? end : pair));
    return line.flatMap((pair, index) => (index && onBorder(line[index - 1], pair, start) ? [end, pair] : [pair]));
  };
  const drawn = ({ type, coordinates }) => ({ type, coordinates: type === "Polygon" ? coordinates.map(bent) : coordinates.map((part) => part.map(bent)) });
  return { ...areas, features: areas.features.map((area) => ({ ...area, geometry: drawn(area.geometry) })) };
}
