"""Reading where something is out of what people write: 创业路与人民路交叉口东50米, 金色花园3栋, 老坑社区."""
