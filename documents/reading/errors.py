SAVE_ANEW = "엑셀에서 열어 ‘다른 이름으로 저장’의 파일 형식을 ‘Excel 통합 문서(*.xlsx)’로 골라 저장한 뒤 올려 주십시오."


class Unreadable(Exception):
    """A file that is not read, with the reason and the remedy in Korean."""
