"""``huying bench …``"""
