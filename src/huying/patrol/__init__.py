"""巡查: grid workers on duty in the street: what they find, put right and check, and where nobody has walked."""
