"""设备: the register, one device with what it says, and what is watched for."""
