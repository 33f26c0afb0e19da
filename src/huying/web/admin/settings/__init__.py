"""时限与规则: what a district sets for itself, since when, who set it, and what held before."""
