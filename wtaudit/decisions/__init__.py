"""Human decisions over findings: waivers, reviews with sign-off, and how two results compare."""
