"""x"""
__all__=["Dossier","MadeFile","make_dossier"]
Dossier=MadeFile=make_dossier=None
