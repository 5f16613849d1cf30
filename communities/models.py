"""Organizations, groups and events, and who belongs: still to come. Employers and schools are names in CVs so far."""
