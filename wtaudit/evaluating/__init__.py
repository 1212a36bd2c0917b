"""Measure the judge against labelled cases, beside baselines."""
