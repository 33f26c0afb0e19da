"""``huying learn …``"""
