using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Applications.Data.Providers.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class ReviewReopening : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "FormerTotal",
                table: "reviews",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ReopenAskedAt",
                table: "reviews",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ReopenReason",
                table: "reviews",
                type: "nvarchar(500)",
                maxLength: 500,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "FormerTotal",
                table: "reviews");

            migrationBuilder.DropColumn(
                name: "ReopenAskedAt",
                table: "reviews");

            migrationBuilder.DropColumn(
                name: "ReopenReason",
                table: "reviews");
        }
    }
}
