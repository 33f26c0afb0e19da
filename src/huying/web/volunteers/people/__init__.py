"""Who is registered as a volunteer: the list, one of them, the attestation of their hours."""
