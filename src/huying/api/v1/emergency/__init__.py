"""应急: who may be alerted, by which plans, and what was photographed and said at the spot."""
