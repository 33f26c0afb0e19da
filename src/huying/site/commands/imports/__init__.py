"""``huying import …``"""
