using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Applications.Data.Providers.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class AddScans : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Scan",
                table: "attachments",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ScanNote",
                table: "attachments",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ScannedAt",
                table: "attachments",
                type: "datetime2",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_attachments_Scan_FiledInRound_AddedAt",
                table: "attachments",
                columns: new[] { "Scan", "FiledInRound", "AddedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_attachments_Scan_FiledInRound_AddedAt",
                table: "attachments");

            migrationBuilder.DropColumn(
                name: "Scan",
                table: "attachments");

            migrationBuilder.DropColumn(
                name: "ScanNote",
                table: "attachments");

            migrationBuilder.DropColumn(
                name: "ScannedAt",
                table: "attachments");
        }
    }
}
